"""The shared look as a Django application: its templates, static files and tags."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "parvis.doors.ui"
    label = "ui"
    default = True

    def ready(self) -> None:
        """Compile the translations that changed since they were last compiled."""
        from .messages import compile_stale  # noqa: PLC0415  # Babel is read only where it serves

        compile_stale()
