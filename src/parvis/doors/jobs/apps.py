from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "parvis.doors.jobs"
    label = "jobs"
