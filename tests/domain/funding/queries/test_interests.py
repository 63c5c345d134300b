"""Whether a file concerns a person."""

from dataclasses import replace

import pytest

from parvis.domain.funding.enums import InterestGround, TieKind
from parvis.domain.funding.queries.interests import Asker, Finding, Person, Tie, interests
from parvis.domain.funding.queries.limits import own_domains

ASKER = Asker(
    names=("Eau pour tous", "EPT"),
    numbers=("W751234567",),
    people=frozenset({7}),
    emails=("ana@eaupourtous.example", "marc@gmail.com"),
    written=("Siège : 12, rue de l’Écluse, Paris",),
)


def _found(person: Person) -> list[Finding]:
    return interests(person, ASKER)


def test_a_person_without_any_tie_may_read():
    assert _found(Person(1, "lea@elsewhere.example", (Tie(TieKind.EMPLOYER, "Eau pour personne"),))) == []


@pytest.mark.parametrize(
    ("person", "finding"),
    [
        (Person(7, "x@y.example"), Finding(InterestGround.MEMBER, "")),
        (Person(1, "LEA@EauPourTous.example"), Finding(InterestGround.EMAIL_DOMAIN, "eaupourtous.example")),
        (
            Person(1, "x@y.example", (Tie(TieKind.MANDATE, "EAU POUR TOUS"),)),
            Finding(InterestGround.MANDATE, "EAU POUR TOUS"),
        ),
        (
            Person(1, "x@y.example", (Tie(TieKind.EMPLOYER, number="w75 1234 567"),)),
            Finding(InterestGround.EMPLOYER, "w75 1234 567"),
        ),
        (Person(1, "x@y.example", (Tie(TieKind.PAST_GRANT, "ept"),)), Finding(InterestGround.PAST_GRANT, "ept")),
        (
            Person(1, "x@y.example", (Tie(TieKind.ADDRESS, "12 rue de l'ecluse"),)),
            Finding(InterestGround.ADDRESS, "12 rue de l'ecluse"),
        ),
    ],
    ids=lambda value: value.ground.value if isinstance(value, Finding) else "",
)
def test_each_ground_closes_the_file_and_is_named(person, finding):
    assert _found(person) == [finding]


def test_a_domain_that_anyone_may_use_ties_nobody():
    assert _found(Person(1, "lea@gmail.com")) == []


def test_an_address_too_short_to_say_anything_ties_nobody():
    assert _found(Person(1, "x@y.example", (Tie(TieKind.ADDRESS, "12"),))) == []


@pytest.mark.parametrize("own", ["eaupourtous.example", "example"])
def test_the_city_s_own_domain_and_all_under_it_ties_nobody_who_works_for_it(own):
    assert interests(Person(1, "lea@eaupourtous.example"), ASKER, shared=frozenset({own})) == []


def test_a_domain_that_only_ends_as_the_city_s_own_does_is_another():
    found = interests(Person(1, "lea@eaupourtous.example"), ASKER, shared=frozenset({"pourtous.example"}))

    assert [one.ground for one in found] == [InterestGround.EMAIL_DOMAIN]


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("email_domains: [Ville.example, '@musees.example']", {"ville.example", "musees.example"}),
        ("email_domains: ville.example", {"ville.example"}),
        ("email_domains: []\ncontact: {mail: mairie@ville.example}", set()),
        ("contact: {mail: mairie@ville.example}", {"ville.example"}),
        ("key: small", set()),
    ],
)
def test_the_city_s_own_domains_are_those_it_states_or_that_of_its_contact(told, own, tmp_path, settings):
    settings.DATA_DIR, settings.PARVIS_CITY = tmp_path, "small"
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "city.yaml").write_text(told, encoding="utf-8")

    assert own_domains() == own


@pytest.mark.parametrize(
    ("tie", "found"),
    [
        (Tie(TieKind.EMPLOYER, "les puisatiers"), [InterestGround.EMPLOYER]),
        (Tie(TieKind.MANDATE, number="ML-REG 1234567"), [InterestGround.MANDATE]),
        (Tie(TieKind.EMPLOYER, "Puisatiers"), []),
        (Tie(TieKind.PAST_GRANT, "Les Puisatiers"), []),
        (Tie(TieKind.EMPLOYER, number="1234"), []),
        (Tie(TieKind.EMPLOYER, number="ML-REG-7654321"), []),
    ],
)
def test_who_works_for_a_partner_that_the_file_names_is_tied_to_it(tie, found):
    asker = replace(ASKER, partners=("Les Puisatiers", "ONG Eau, ML-REG-1234567", "", "—"))

    told = interests(Person(1, "x@y.example", (tie,)), asker)

    assert [one.ground for one in told] == found
