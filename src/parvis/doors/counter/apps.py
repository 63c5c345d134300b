from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "parvis.doors.counter"
    label = "counter"

    def ready(self) -> None:
        """Hear from the pages of accounts, which are allauth's, that somebody's address is another."""
        from allauth.account.signals import email_changed  # noqa: PLC0415

        from .readdressed import look_again  # noqa: PLC0415

        email_changed.connect(look_again, dispatch_uid="ties of another address")
