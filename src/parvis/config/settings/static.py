"""Static files: collected once, named by their content, compressed, kept a year by browsers."""

from typing import Any

from parvis.config.settings.paths import STATIC

FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "parvis.doors.ui.finders.PackageFinder",
]


def static_files(site: str) -> dict[str, Any]:
    """Settings of the static files of one site. Each collects its own: the public one carries nothing of the office."""
    return {
        "STATIC_URL": "/static/",
        "STATIC_ROOT": STATIC / site,
        "STATICFILES_FINDERS": FINDERS,
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "parvis.config.assets.HashedFiles"},
        },
        "WHITENOISE_KEEP_ONLY_HASHED_FILES": False,
        "WHITENOISE_MAX_AGE": 3600,
    }
