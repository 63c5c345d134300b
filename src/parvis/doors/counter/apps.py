from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "parvis.doors.counter"
    label = "counter"
