"""Labels are those of the city whose release is read: the house's, with the city's own put over them."""

from dataclasses import dataclass, field

import pytest

from parvis.doors.portal import wording


@dataclass
class Release:
    """What wording reads of a release."""

    content_hash: str
    city: dict = field(default_factory=dict)


@pytest.fixture(autouse=True)
def as_before():
    yield
    wording.speak_for(Release("house"))


def test_a_city_names_its_own_kinds_and_themes():
    own = {
        "themes": {"ocean": {"label": {"en": "Sea and coast", "pt": "Mar e costa"}}},
        "kinds": {"programme": {"port_dues": {"label": {"en": "Port-dues levy"}}}},
    }

    wording.speak_for(Release("own-kinds", {"vocabulary": own}))

    assert wording.theme("ocean", "pt") == "Mar e costa"
    assert wording.kind("programme", "port_dues", "en") == "Port-dues levy"


def test_the_words_of_one_city_do_not_stay_for_the_next():
    wording.speak_for(Release("riviera", {"vocabulary": {"themes": {"ocean": {"label": {"en": "Sea and coast"}}}}}))

    wording.speak_for(Release("paris", {"vocabulary": {}}))

    assert wording.theme("ocean", "en") == "Ocean"


def test_words_this_version_cannot_read_leave_the_house_s_own():
    wording.speak_for(Release("odd", {"vocabulary": {"flavours": {}}}))

    assert wording.theme("climate", "fr") == wording.load().themes.label("climate", "fr")


def test_a_list_of_several_nouns_says_the_words_of_each_of_them():
    nouns = ("decision", "legal_basis")

    assert [wording.kind_among(nouns, code, "fr") for code in ("deliberation", "law")] == ["Délibération", "Loi"]
    assert wording.state_among(nouns, "in_force", "fr") == "En vigueur"
    assert (wording.noun("agreement", "fr", 0), wording.noun("agreement", "en", 0)) == ("accord", "agreements")
