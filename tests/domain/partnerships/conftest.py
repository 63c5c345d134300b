import pytest


@pytest.fixture
def cities(subject):
    """Paris and those it has ties with."""
    return {key: subject(key, noun="place") for key in ("paris", "rome", "lima", "seoul")}


@pytest.fixture
def pact(enter, cities):
    """An agreement between Paris and Rome, with the steps one gives."""

    def made(*steps, key="pact", parties=("paris", "rome"), **facts):
        lines = [{"state": state, "day": day} for state, day in steps]
        return enter("agreement", key, parties=list(parties), steps=lines, **facts)

    return made
