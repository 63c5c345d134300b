"""A convention the law wants public is asked for at the desk until a release shows it."""

from datetime import date

import pytest

from parvis.doors.desk.reminders import reminders
from parvis.foundation.accounts.models import Role
from parvis.register.models import Subject
from tests.doors.desk.test_money import GRANT, awarded, does, money, ordered, words_of  # noqa: F401
from tests.publication.hand_made import Hand


@pytest.fixture
def under_convention(ordered, settings, tmp_path):  # noqa: F811
    """A convention signed on 1 April 2026, in a house that has published nothing."""
    settings.VAR_DIR = tmp_path
    return ordered.instalment.grant


def to_publish(on):
    lines = [line for title, _count, found in reminders(on) if title == "Conventions to make public" for line in found]
    return [(line.key, " ".join(line.why.split())) for line in lines]


@pytest.mark.django_db
def test_a_convention_is_asked_for_from_two_months_before_until_a_release_shows_it(under_convention, tmp_path):
    early, soon, late = (to_publish(date(2026, *day)) for day in ((4, 30), (5, 1), (7, 2)))
    shown = Hand()
    shown.record("grant", "wells", title={"en": "Wells"})
    shown.publish(tmp_path)

    after = to_publish(date(2026, 7, 2))

    assert early == []
    assert soon == [("wells", "the law wants its convention, signed on 1 April 2026, public by 1 July 2026")]
    assert late == [("wells", "the law wants its convention, signed on 1 April 2026, public since 1 July 2026")]
    assert after == []


@pytest.mark.django_db
def test_the_page_of_a_grant_says_what_the_law_asks_where_it_is_said_and_where_it_stands(under_convention, at_desk):
    told = words_of(at_desk(Role.READER).get(f"/bureau/argent/{GRANT}/"))

    assert (
        "What the law asks of this grant What is asked Where it is said Where it stands A vote of the council."
        " Code général des collectivités territoriales, art. L2311-7 a setting, to be checked before it is quoted as"
        " law done"
    ) in told
    assert "made public by 1 July 2026. Décret 2017-779 late" in told
    assert "its budget passes €150,000.00: it receives more than €50,000.00. Loi 2006-586, art. 20 to be asked" in told


@pytest.mark.django_db
def test_the_page_of_a_levy_s_year_says_its_limit_with_the_article(money, at_desk):  # noqa: F811
    Subject.objects.filter(key="water").update(kind="water")

    told = words_of(at_desk(Role.READER).get("/bureau/argent/water/2026/"))

    assert (
        "What the law asks of this levy What is asked Where it is said Where it stands 1% of its own resources at most,"
        " for this service alone; above, from the general budget. Code général des collectivités territoriales, art."
        " L1115-1-1 done"
    ) in told
