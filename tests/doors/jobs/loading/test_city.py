import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from parvis.domain.funding.models import Allocation
from parvis.doors.jobs.loading.city import CityLoader, CityRefused, records_of
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal.models import Line
from parvis.register.models import Statement, Subject, Tie

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

CITY = "key: littoral\nname: {fr: Littoral, en: Littoral}\nlanguages: [fr, en]\ndefault_language: fr\n"
SOURCES = """\
sources:
  - key: harbour-page
    kind: web_page
    title: {fr: Page du port, en: Harbour page}
    publisher: {fr: Port}
    date: 2020
    language: fr
    speaks: self_reported
"""
PLACES = """\
places:
  - key: littoral
    kind: city
    level: city
    country: FR
    latitude: 43.1
    longitude: 5.9
    title: {fr: Littoral}
    cites: [{source: harbour-page, lines: 3, fact: f-place}]
    statements:
      - property: population
        number: 4200
        unit: people
        scope: {fr: commune}
        as_of: 2020
        source: harbour-page
        lines: 4
        fact: f-population
    led_to: [{key: harbour-page, source: harbour-page, lines: 5}]
"""
UNSOURCED = PLACES.partition("    cites")[0]
CONFLICTS = """\
conflicts:
  - key: people-differ
    kind: disagreement
    title: {fr: Deux nombres}
    about: littoral
    cites: [{source: harbour-page, lines: 4, fact: f-conflict}]
    sides:
      - {words: {fr: "4200"}, statement: "littoral#f-population", source: harbour-page, lines: 4}
      - {words: {fr: "4300"}, source: harbour-page, lines: 9}
"""


#: Files that stand beside the records.
_BESIDE = ("city", "left_out", "vocabulary", "funding_rules", "paper_texts", "call_kinds")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        content = {"city": CITY, "sources": SOURCES, "places": PLACES, "conflicts": CONFLICTS, **files}
        shutil.rmtree(tmp_path / "littoral", ignore_errors=True)
        for name, text in content.items():
            path = tmp_path / "littoral" / ("" if name in _BESIDE else "records") / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "littoral"

    return write


@pytest.fixture
def load(folder, db):
    by = User.objects.create_user("house@ville.example", role=Role.PUBLISHER)

    def run(**files):
        return CityLoader(folder(**files), by=by, at=NOON).load()

    return run


def refusal_of(load, **files):
    with pytest.raises(CityRefused) as refusal:
        load(**files)
    assert (Subject.objects.count(), Line.objects.count()) == (0, 0)
    return refusal.value.problems


def test_a_city_is_loaded_with_its_statements_its_chains_and_its_contradictions(load):
    loaded = load(left_out="- {fact: f-odd, reason: {en: Not ours to say}}\n")

    assert loaded.records == {"source": 1, "place": 1, "conflict": 1}
    assert (Statement.objects.count(), Tie.objects.count()) == (1, 1)
    assert loaded.left_out == {"f-odd": {"en": "Not ours to say"}}


def test_each_fact_is_counted_once_by_what_it_became(load):
    assert dict(records_of(load())) == {"claim": 0, "contradiction": 1, "statement": 1, "record": 1}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"places": PLACES.replace("country: FR", "land: FR")}, "places.yaml, line 5 (land): There is no such field"),
        ({"places": PLACES.replace("lines: 3, ", "lines: 9-3, ")}, "places.yaml, line 9 (cites.0.lines): Lines are"),
        ({"places": PLACES.replace("page, lines: 3", "bench, lines: 3")}, "line 9 (cites.0.source)"),
        ({"places": PLACES.replace("as_of: 2020", "as_of: soon")}, "line 15 (as_of): “soon” is not a date"),
        ({"places": PLACES.replace("        source: harbour-page\n", "")}, "A statement names its source"),
        ({"places": PLACES.replace("unit: people", "unit: souls")}, "places.yaml, line 13: “souls” is not a unit"),
        ({"places": PLACES.replace("kind: city", "kind: hamlet")}, "line 3: “hamlet” is not a kind of place"),
        ({"places": PLACES.replace("population", "weather")}, "“weather” is not a property"),
        ({"places": UNSOURCED}, "“littoral” names no source"),
        ({"places": PLACES + "  - key: littoral\n"}, "the key “littoral” is used twice"),
        ({"places": "places:\n  - title: {fr: X}\n"}, "places.yaml, line 2: a record has a key"),
        ({"towns": "towns: []\n"}, "towns.yaml, line 1: “towns” is not a kind of record"),
        ({"places": "places: [\n"}, "places.yaml, line 2"),
        ({"conflicts": CONFLICTS.replace("littoral#f-population", "littoral#f-none")}, "conflicts.yaml, line 8"),
        ({"statements": "statements:\n  - {about: nowhere, property: observation}\n"}, "line 2: no record"),
        ({"city": "key: [\n"}, "city.yaml, line"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_hold_is_refused_by_file_and_line_and_nothing_stays(load, files, told):
    problems = refusal_of(load, **files)

    assert any(told in problem for problem in problems), problems


def test_every_problem_is_told_at_once(load):
    spoilt = PLACES.replace("country: FR", "land: FR").replace("kind: city", "kind: hamlet")

    problems = refusal_of(load, places=spoilt, sources=SOURCES.replace("date: 2020", "date: soon"))

    assert len(problems) >= 3


def test_a_record_without_a_source_is_told_its_other_faults_too_in_one_language(load):
    spoilt = UNSOURCED.replace("country: FR", "land: FR").replace("kind: city", "kind: hamlet")

    with translation.override("fr"):
        problems = refusal_of(load, places=spoilt)

    told = ("“littoral” names no source", "“hamlet” is not a kind of place", "There is no such field")
    assert [one for one in told if any(one in problem for problem in problems)] == list(told)


def test_a_place_that_is_nowhere_is_refused(load):
    nowhere = PLACES.replace("    latitude: 43.1\n    longitude: 5.9\n", "").replace("country: FR", "within: atlantis")

    assert any("atlantis" in problem for problem in refusal_of(load, places=nowhere))


def test_limits_of_money_that_cannot_be_read_are_refused_with_the_city(load):
    limits = "emergency_highest: [{since: soon, value: much, law: no, said: X}]"

    problems = refusal_of(load, funding_rules=limits)

    assert problems == ["littoral/funding_rules.yaml, emergency_highest: a day and a number are expected"]


def test_texts_of_papers_that_cannot_be_filled_are_refused_with_the_city(load):
    problems = refusal_of(load, paper_texts='letter_award: {fr: {title: A, text: "{solde}"}}')

    assert problems == ["littoral/paper_texts.yaml, letter_award.fr: unknown between braces: {solde}"]


def test_kinds_of_calls_that_could_not_begin_are_refused_with_the_city(load):
    problems = refusal_of(load, call_kinds="kinds: {reefs: {fields: [depth]}}")

    assert problems == ["littoral/call_kinds.yaml, kinds.reefs.fields: not written: depth"]


def test_a_folder_without_a_city_is_told(tmp_path, db):
    (tmp_path / "empty").mkdir()

    with pytest.raises(CityRefused, match=r"no city\.yaml"):
        CityLoader(tmp_path / "empty", by=User.objects.create_user("x@ville.example"), at=NOON).load()


@pytest.mark.parametrize("city", ["paris", "riviera"])
def test_the_cities_of_the_house_load_whole(db, city):
    by = User.objects.create_user("house@ville.example", role=Role.PUBLISHER)

    loaded = CityLoader(Path(__file__).parents[4] / "data" / city, by=by, at=NOON).load()

    assert sum(loaded.records.values()) == Subject.objects.filter(revision=1).count() == Subject.objects.count()


BOUND = """\
bodies:
  - {key: the-port, kind: association, title: {fr: Le port}, cites: [{source: harbour-page, lines: 6}]}
agreements:
  - key: the-pact
    kind: framework
    title: {fr: Le pacte}
    parties: [littoral, the-port]
    signed: "2020"
    cites: [{source: harbour-page, lines: 6}]
decisions:
  - {key: the-vote, kind: deliberation, title: {fr: Le vote}, body: the-port, cites: [{source: harbour-page, lines: 6}]}
allocations:
  - {agreement: the-pact, party: the-port, year: YEAR, direction: given, amount: "1000.50", currency: EUR,
     decision: VOTE, day: DAY}
"""


def bound(year="2021", vote="the-vote", day="2020-12-01"):
    return BOUND.replace("YEAR", year).replace("VOTE", vote).replace("DAY", day)


def test_what_a_year_of_an_agreement_brings_is_loaded_on_its_vote(load):
    loaded = load(bound=bound())

    (allocation,) = Allocation.objects.all()
    assert (loaded.allocations, str(allocation.amount), allocation.decision.key) == (1, "1000.50", "the-vote")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"year": "2019"}, "The agreement does not bind in 2019."),
        ({"vote": "nowhere"}, "no record has the key “nowhere”"),
        ({"day": "soon"}, "cannot be read"),
    ],
)
def test_an_allocation_that_does_not_hold_is_refused_by_file_and_line(load, given, told):
    with pytest.raises(CityRefused) as refused:
        load(bound=bound(**given))

    (problem,) = refused.value.problems
    assert ("littoral/records/bound.yaml, line 1" in problem, told in problem) == (True, True)
    assert not Allocation.objects.exists()
