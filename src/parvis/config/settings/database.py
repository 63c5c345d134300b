"""PostgreSQL, through two roles: the owner migrates, the application serves and can alter no table."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from parvis.config.places import places

from .environment import asked
from .paths import VAR

OWNER = "parvis_owner"
APP = "parvis_app"
NAME = "parvis"


class AddressRefused(ValueError):
    """An address of a database that cannot be read."""


def read_address(url: str) -> dict[str, Any]:
    """Django's connection settings for ``postgresql://user:password@host:port/name?host=/folder``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise AddressRefused(
            "The address of the database must begin with postgresql://, as in postgresql://user:password@host:5432/name."
        )
    try:
        port = parts.port
    except ValueError as fault:
        raise AddressRefused("The port in the address of the database is not a number.") from fault
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "parvis.config.postgres",
        "NAME": unquote(parts.path.lstrip("/")) or NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": options,
    }


def _ours(user: str) -> str:
    """Address of the database of our own supervisor: a socket in a private folder, no password."""
    return places(VAR).address(user, NAME)


def address(role: str) -> str:
    """Where this role connects. The owner's address falls back on the application's."""
    if asked("DATABASE_URL"):
        return (asked("DATABASE_OWNER_URL") if role == "owner" else "") or asked("DATABASE_URL")
    return _ours(OWNER if role == "owner" else APP)


def databases() -> dict[str, dict[str, Any]]:
    """``DATABASES`` of the office, for the role this process plays."""
    connection = read_address(address(asked("PARVIS_DATABASE_ROLE")))
    connection["CONN_MAX_AGE"] = 60
    connection["CONN_HEALTH_CHECKS"] = True
    connection["ATOMIC_REQUESTS"] = False
    connection["OPTIONS"] = {"connect_timeout": 5, **connection["OPTIONS"]}
    return {"default": connection}
