"""Files received, narrowed and counted."""

from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions.ties import look_at_arrivals
from parvis.domain.funding.models import Application
from parvis.domain.funding.queries import Sought
from parvis.foundation.accounts.models import Role, User
from tests.support import calls, reviews


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def call(officer):
    return calls.opened_call(officer)


@pytest.fixture
def files(call, officer):
    """Three files sent, of three bodies: two for Cape Verde, one for Senegal."""
    made = []
    for place, (country, title) in enumerate((("CV", "Un quai"), ("SN", "École d'été"), ("CV", "Un phare"))):
        person = calls.applicant(f"person{place}@assoc{place}.example")
        file = calls.whole(call, calls.body_of(person, reviews.SIRETS[place]), person)
        calls.write(file, person, {"title": title, "places.a1.country": country})
        actions.send_file(application=file.pk, by=person, at=calls.WHILE_OPEN, language="fr")
        made.append(file.pk)
    look_at_arrivals(by=officer, at=calls.WHILE_OPEN)
    return [Application.objects.get(pk=pk) for pk in made]


def numbers(sought, person):
    return list(queries.in_order(queries.files_sought(sought, person), "number").values_list("number", flat=True))


def test_a_facet_counts_what_each_of_its_values_would_give_all_else_kept(files, officer):
    reviews.eligible(files[0], officer)

    counted = queries.files_counted(Sought(chosen={"country": frozenset({"CV"})}), officer)

    assert (counted.total, counted.facets["country"], counted.facets["state"]) == (
        2,
        {"CV": 2, "SN": 1},
        {"eligible": 1, "submitted": 1},
    )


@pytest.mark.parametrize("order", ["number", "-asked", "sent", "-sent"])
def test_a_page_holds_its_files_in_their_order_with_what_a_line_shows(files, officer, order):
    whole = list(queries.in_order(queries.files_sought(Sought(), officer), order))

    pages = [queries.page_of_files(Sought(), officer, order, first, first + 2) for first in (0, 2, 4)]

    assert [[file.pk for file in page] for page in pages] == [[whole[0].pk, whole[1].pk], [whole[2].pk], []]
    assert [(file.call_key, file.currency, file.read) for file in pages[0]] == [(files[0].call.key, "EUR", "0")] * 2


def test_the_list_holds_what_was_counted(files, officer):
    sought = Sought("quai", {"country": frozenset({"CV"}), "state": frozenset({"submitted"})})

    assert numbers(sought, officer) == [files[0].number]
    assert queries.files_counted(sought, officer).total == 1


@pytest.mark.parametrize("text", ["ecole", "ÉCOLE ete", "école été amis"])
def test_words_are_found_without_accents_or_capitals_in_title_and_name(files, officer, text):
    assert numbers(Sought(text), officer) == [files[1].number]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("eau", [2]), ("eaux", []), ("reseau", [0]), ("potab", [2]), ("table", []), ("Œuvre", [1]), ("uvre", []),
        ("l'eau potable", [2]), ("2013", [1]), ("013", []), ("gaz", [1]), ("reseau gaz", []),
    ],
)  # fmt: skip
def test_a_word_is_found_where_a_word_begins(files, officer, text, found):
    for file, title in zip(files, ("Un Réseau", "Œuvre 2013 (gaz)", "Vers l’Eau_potable : l’eau potable"), strict=True):
        Application.objects.filter(pk=file.pk).update(title=title)

    assert numbers(Sought(text), officer) == [files[place].number for place in found]
    assert queries.files_counted(Sought(text), officer).total == len(found)


@pytest.mark.parametrize(("length", "found"), [(100, [1]), (101, []), (60_000, [])])
def test_a_word_of_any_length_is_looked_for(files, officer, length, found):
    Application.objects.filter(pk=files[1].pk).update(title=f"Un {'a' * 100}")

    assert numbers(Sought("a" * length), officer) == [files[place].number for place in found]


def test_a_part_of_the_number_is_enough(files, officer):
    assert numbers(Sought(files[1].number[-4:]), officer) == [files[1].number]


@pytest.mark.parametrize(("text", "found"), [("%", [1]), (".*", []), ("50%", [1]), ("(gaz", [1]), ("qu.i", [])])
def test_signs_of_patterns_are_only_signs(files, officer, text, found):
    Application.objects.filter(pk=files[1].pk).update(title="50% du réseau (gaz)")

    assert numbers(Sought(text), officer) == [files[place].number for place in found]


def test_amounts_fall_in_their_band(files, officer):
    Application.objects.filter(pk=files[0].pk).update(asked=Decimal(5_000))
    Application.objects.filter(pk=files[1].pk).update(asked=Decimal("4999.99"))
    Application.objects.filter(pk=files[2].pk).update(asked=None)

    assert queries.files_counted(Sought(), officer).facets["band"] == {"1": 1, "0": 1, "": 1}


def test_signed_readings_are_counted_up_to_two(files, call, officer):
    for name in ("rosa", "sami"):
        reviews.reviewer(call, officer, name)
    for file in files[:2]:
        reviews.eligible(file, officer)
    actions.share_files(call=call, by=officer, at=reviews.READING)
    given = {code: actions.Given(3) for code in reviews.CRITERIA}
    for review in reviews.readings_of(files[0]):
        reviews.signed(review, given)
    reviews.signed(reviews.readings_of(files[1])[0], given)

    page = queries.page_of_files(Sought(), officer, "number", 0, 3)
    told = queries.Sought(chosen={"read": frozenset({"2"}), "band": frozenset({"1", "2", "3", "4"})})

    assert queries.files_counted(Sought(), officer).facets["read"] == {"2": 1, "1": 1, "0": 1}
    assert [file.read for file in page] == ["2", "1", "0"]
    assert numbers(told, officer) == [files[0].number]


def test_who_reads_a_file_without_names_finds_it_under_no_name_until_they_sign(files, call, officer):
    reviews.eligible(files[0], officer)
    for name in ("rosa", "sami"):
        reviews.reviewer(call, officer, name)
    actions.share_files(call=call, by=officer, at=reviews.READING)
    review = reviews.readings_of(files[0])[0]
    before = numbers(Sought(), review.reviewer), queries.files_counted(Sought("quai"), review.reviewer).total

    reviews.signed(review, {code: actions.Given(3) for code in reviews.CRITERIA})

    assert before == ([files[1].number, files[2].number], 0)
    assert numbers(Sought(), review.reviewer) == [file.number for file in files]


def test_a_file_that_concerns_somebody_is_in_none_of_their_counts(files, officer):
    actions.declare_interest(application=files[0], words="My sister leads it", by=officer, at=reviews.READING)

    counted = queries.files_counted(Sought(), officer)
    another = User.objects.create_user("another@ville.example", role=Role.OFFICER)

    assert (counted.total, counted.facets["country"]) == (2, {"SN": 1, "CV": 1})
    assert queries.files_counted(Sought(), another).facets["country"] == {"CV": 2, "SN": 1}
