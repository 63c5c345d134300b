"""The portal as a Django application: its templates."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "parvis.doors.portal"
    label = "portal"
