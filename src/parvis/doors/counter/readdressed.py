"""What the counter does when somebody signs in by another address from now on: their files are looked at for ties."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from parvis.domain.funding import actions
from parvis.foundation.accounts.models import User


def look_again(user: User, **_news: Any) -> None:
    """Close the files of this person's bodies to whoever shares the domain of their new address."""
    actions.look_at_address(person=user, at=timezone.now())
