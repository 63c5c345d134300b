from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "parvis.domain.partnerships"
    label = "partnerships"
    default_auto_field = "django.db.models.BigAutoField"
