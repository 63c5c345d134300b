from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "parvis.doors.desk"
    label = "desk"
