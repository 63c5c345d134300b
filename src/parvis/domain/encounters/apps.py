from django.apps import AppConfig


class EncountersConfig(AppConfig):
    name = "parvis.domain.encounters"
    label = "encounters"
    default_auto_field = "django.db.models.BigAutoField"
