"""What may be asked of Parvis from outside: a short list of variables, each explained in docs/settings.md."""

import os

from parvis.config.faults import Fault

#: Every variable Parvis reads, with what holds when it is absent.
VARIABLES: dict[str, str] = {
    "DATABASE_URL": "",
    "DATABASE_OWNER_URL": "",
    "PARVIS_API_RATE": "600",
    "PARVIS_CITY": "paris",
    "PARVIS_CLAMAV_SOCKET": "",
    "PARVIS_DATABASE_ROLE": "app",
    "PARVIS_DEBUG": "",
    "PARVIS_EMAIL_URL": "",
    "PARVIS_OFFICE_ORIGIN": "",
    "PARVIS_OFFICE_PORT": "8001",
    "PARVIS_OFFICE_WORKERS": "1",
    "PARVIS_OUTBOX_MINUTES": "30",
    "PARVIS_OUTBOX_RETRY_HOURS": "24",
    "PARVIS_PUBLIC_ORIGIN": "",
    "PARVIS_PUBLIC_PORT": "8000",
    "PARVIS_PUBLIC_WORKERS": "2",
    "PARVIS_REHEARSAL": "",
    "PARVIS_REMINDER_DAYS": "30,7",
    "PARVIS_TEST_DATABASE_URL": "",
    "PARVIS_UNDONE": "",
    "PARVIS_VAR": "",
}


def asked(name: str) -> str:
    """The value of a declared variable, or what holds without it."""
    return os.environ.get(name) or VARIABLES[name]


def asked_whole(name: str, least: int, most: int) -> int:
    """The value of a declared variable that is a whole number. Raises Fault with a sentence."""
    said = asked(name).strip()
    if not (said.isascii() and said.isdigit() and least <= int(said[:9]) <= most):
        raise Fault(f"{name} is a whole number from {least} to {most}, and “{said[:40]}” is not.")
    return int(said)


def asked_yes(name: str) -> bool:
    """Whether a declared variable says yes."""
    return asked(name).strip().lower() in {"1", "yes", "true", "on", "oui"}
