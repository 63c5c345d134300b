import pytest


@pytest.fixture
def promise(enter, subject, source):
    """A promise of the mayor, with the steps one gives; there is a record to be evidence."""
    subject("mayor", noun="office")
    subject("stele", noun="memorial")
    source("page", date="2022-09-19")

    def made(*steps, key="refuge", **facts):
        lines = [{"state": state, "day": day, **more} for state, day, more in ((*step, {})[:3] for step in steps)]
        return enter("promise", key, **{"made_by": "mayor", "made": "2014", "steps": lines, **facts})

    return made


@pytest.fixture
def claim(enter, subject):
    """A claim of the city, with the facts one gives; there is a record to be evidence."""
    subject("city-of-paris")
    subject("stele", noun="memorial")

    def made(key="first-city", **facts):
        common = {"publisher": "city-of-paris", "scope": {"en": "World"}, "as_of": "2015-05"}
        return enter("claim", key, **{**common, **facts})

    return made
