"""A membership or an agreement said again: a person is asked, and words we made never go over a record's."""

import pytest

from parvis.domain.partnerships.models import Membership
from parvis.exchange.inbound import actions
from tests.exchange.inbound.conftest import NOON


@pytest.fixture
def city(enter):
    enter("place", "paris", title={"fr": "Paris"}, level="city", country="FR")
    enter("place", "rome", title={"fr": "Rome"}, level="city", country="IT")
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"})
    enter("network", "c40", title={"fr": "C40"})


@pytest.fixture
def in_c40(city, enter):
    return enter("membership", "paris-in-c40", title={"fr": "Paris et le réseau C40"}, network="c40", member="paris",
                 statuses=[{"status": "member", "valid_from": "2007"}])  # fmt: skip


def test_a_membership_under_another_key_is_asked_about(in_c40, receive, judge):
    imported = judge(receive("Réseau;Membre depuis;Statut\nC40;2005;membre\n", "memberships"))

    row = imported.rows.get()
    assert (row.verdict, [double["key"] for double in row.doubles]) == ("refused", ["paris-in-c40"])
    assert [problem["sentence"] for problem in row.problems] == [
        "A membership of this network is in the register: say whether it is the same."
    ]


def test_said_to_be_the_same_it_keeps_its_title_and_its_member(in_c40, receive, judge, clerk, accept):
    imported = judge(receive("Réseau;Membre depuis;Statut\nC40;2005;membre\n", "memberships"))

    actions.recognise(imported=imported, row=imported.rows.get(), subject=in_c40.subject, same=True, by=clerk, at=NOON)
    imported.refresh_from_db()
    accept(actions.judge_import(imported=imported, by=clerk, at=NOON))

    held = Membership.objects.get()
    assert (held.member.key, list(held.subject.texts.filter(field="title").values_list("body", flat=True))) == (
        "paris", ["Paris et le réseau C40"],
    )  # fmt: skip
    assert sorted(held.statuses.values_list("valid_from", flat=True)) == ["2005", "2007"]


def test_a_table_of_ours_that_names_networks_changes_nothing(in_c40, receive, judge, told):
    imported = judge(receive("key,network,member\nparis-in-c40,c40,paris\n", "memberships"))

    assert told(imported) == [(2, "same", [])]


@pytest.mark.parametrize("kind", ["twinning", "european_accord"])
def test_an_agreement_of_the_same_parties_is_asked_about_whatever_its_table(kind, city, enter, receive, judge):
    enter("agreement", "accord-rome", kind=kind, parties=["city-of-paris", "rome"])

    imported = judge(receive("Intitulé;Nature;Ville;Signé le\nUn autre nom;Jumelage;Rome;30/01/1956\n", "agreements"))

    row = imported.rows.get()
    assert (row.verdict, [double["key"] for double in row.doubles]) == ("refused", ["accord-rome"])


def test_of_several_agreements_those_of_the_kind_told_are_asked_about(city, enter, receive, judge):
    enter("agreement", "accord-rome", kind="european_accord", parties=["city-of-paris", "rome"])
    enter("agreement", "twinning-rome", kind="twinning", parties=["city-of-paris", "rome"])

    imported = judge(receive("Intitulé;Nature;Ville\nUn autre nom;Jumelage;Rome\n", "agreements"))

    assert [double["key"] for double in imported.rows.get().doubles] == ["twinning-rome"]
