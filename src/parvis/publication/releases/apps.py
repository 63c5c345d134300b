from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "parvis.publication.releases"
    label = "releases"
    verbose_name = "Releases"
