"""Paris as visitors meet it, and the desk as colleagues of each role meet it: what the attacks are led against."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.stories.conftest import paris_folder, serving

__all__ = ["paris_folder", "serving"]


@pytest.fixture
def stranger(public_site) -> Client:
    """A visitor to whom a fault of ours shows as one, as it would on the wire."""
    return Client(raise_request_exception=False)


@pytest.fixture
def at_paris(paris_folder, serving, stranger) -> Client:
    """A stranger at the public site of Paris."""
    serving(paris_folder)
    return stranger


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
