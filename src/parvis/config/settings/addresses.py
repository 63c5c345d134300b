"""The two origins: what the public reads, and the office."""

from urllib.parse import urlsplit

from .environment import asked, asked_whole

PUBLIC_PORT = asked_whole("PARVIS_PUBLIC_PORT", 1, 65535)
OFFICE_PORT = asked_whole("PARVIS_OFFICE_PORT", 1, 65535)
PUBLIC_ORIGIN = (asked("PARVIS_PUBLIC_ORIGIN") or f"http://localhost:{PUBLIC_PORT}").rstrip("/")
OFFICE_ORIGIN = (asked("PARVIS_OFFICE_ORIGIN") or f"http://localhost:{OFFICE_PORT}").rstrip("/")
_THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]


def hosts(origin: str) -> list[str]:
    """Names this origin answers to: its own and those of the machine itself."""
    name = urlsplit(origin).hostname or ""
    return [name, *(host for host in _THIS_MACHINE if host != name)]


def is_https(origin: str) -> bool:
    """Whether readers come through a front server that speaks HTTPS."""
    return origin.startswith("https://")
