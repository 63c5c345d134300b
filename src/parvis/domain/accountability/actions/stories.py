"""What is done with a story."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.domain.accountability.errors import StoryAboutNothing
from parvis.domain.accountability.models import Story
from parvis.foundation.accounts.models import User
from parvis.register.actions import amend_record, enter_record
from parvis.register.entry import Entry, Facts


@transaction.atomic
def enter_story(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Story:
    """Enter a story. Raises StoryAboutNothing unless a record can be opened from it."""
    return _sound(enter_record(Story, entry=entry, facts=facts, by=by, at=at))


@transaction.atomic
def amend_story(*, record: Story, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime) -> Story:
    """Tell a story otherwise; what it was stays in its history. Raises StoryAboutNothing."""
    return _sound(amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at))


def _sound(story: Story) -> Story:
    if not story.about.exclude(record=story.subject).exists():
        raise StoryAboutNothing
    return story
