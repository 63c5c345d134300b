from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "parvis.doors.feeds"
    verbose_name = "Feeds"
