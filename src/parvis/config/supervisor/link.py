"""Print a one-time link that signs in at the office: for whoever started Parvis on this machine."""

from __future__ import annotations

import os

import django


def first_link() -> str:
    """Address that signs an administrator in, once, within fifteen minutes."""
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from parvis.foundation.accounts.actions import house_account, one_time_link  # noqa: PLC0415
    from parvis.foundation.accounts.models import Role, User  # noqa: PLC0415
    from parvis.foundation.journal import keeping  # noqa: PLC0415

    house = house_account()
    known = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=house.pk).order_by("pk").first()
    user = known or keeping.open_account(
        email="administrator@localhost", role=Role.ADMINISTRATOR, by=house, at=timezone.now()
    )
    return f"{settings.PARVIS_OFFICE_ORIGIN}/entree/{one_time_link(user)}"


def links_to_play() -> list[str]:
    """In a rehearsal, a link for each part there is to play."""
    from django.conf import settings  # noqa: PLC0415

    from parvis.doors.jobs.rehearsing.parts import parts  # noqa: PLC0415
    from parvis.foundation.accounts.actions import one_time_link  # noqa: PLC0415

    if not settings.PARVIS_REHEARSAL:
        return []
    return [f"    {name}: {settings.PARVIS_OFFICE_ORIGIN}/entree/{one_time_link(user)}" for name, user in parts()]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.office")
    django.setup()
    print("\n".join([first_link(), *links_to_play()]))  # noqa: T201  # a command speaks
