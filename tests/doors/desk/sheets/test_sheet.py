"""Whatever the record, its sheet gives back the content it was made from."""

import pytest
from django.http import QueryDict

from parvis.domain.accountability.models import Indicator
from parvis.domain.council.models import Decision
from parvis.domain.funding.models import Levy
from parvis.doors.desk.sheets.labels import LABELS, PARTS
from parvis.doors.desk.sheets.sheet import Sheet, columns_of, part_of
from parvis.exchange.inbound.entrances import NOUNS, entrances
from parvis.register.errors import InvalidContent, Problem
from parvis.register.models import Conflict


def posted(sheet):
    """What a browser sends of a form nobody touched."""
    data = QueryDict(mutable=True)
    for field in sheet:
        value = field.value()
        for one in value if isinstance(value, list) else [value]:
            if one is not None and one is not False:
                data.appendlist(field.html_name, str(one))
    return data


CONFLICT = {
    "key": "members-differ",
    "kind": "disagreement",
    "visibility": "public",
    "themes": ["climate"],
    "title": {"fr": "Deux nombres", "en": "Two numbers"},
    "summary": {"fr": "Deux pages."},
    "about": "city-page",
    "note": {"en": "Dates differ"},
    "sides": [
        {"words": {"en": "94"}, "as_of": "2019/2020", "source": "city-page", "lines": "13"},
        {"words": {"en": "90"}, "source": "city-page", "lines": "87-88", "fact": "cf-c40"},
    ],
    "names": [{"text": "C40", "kind": "acronym"}],
    "cites": [{"source": "city-page", "lines": "87", "fact": "cf-c40"}],
}


def test_a_sheet_nobody_touched_gives_back_the_content(db):
    sheet = Sheet(Conflict, content=CONFLICT, data=posted(Sheet(Conflict, content=CONFLICT)))

    assert sheet.is_valid(), sheet.errors
    assert sheet.content() == CONFLICT


@pytest.mark.parametrize(
    ("model", "content"),
    [
        (Levy, {"plan": [{"year": 2026, "amount": "0.00"}, {"year": 2027, "amount": "1000.00"}]}),
        (Indicator, {"order": 0}),
        (Decision, {"votes_for": 90, "votes_against": 0}),
    ],
)
def test_whole_numbers_nobody_touched_are_no_change(db, model, content):
    whole = {"key": "one", "visibility": "public", "title": {"fr": "Un"}, **content}

    sheet = Sheet(model, content=whole, data=posted(Sheet(model, content=whole)))

    assert sheet.is_valid(), sheet.errors
    assert {name: sheet.content()[name] for name in content} == content


@pytest.mark.parametrize("typed", ["2026.5", "02026", "deux", "9" * 5000, "²"])
def test_what_is_no_whole_number_stays_as_it_was_typed(db, typed):
    sheet = Sheet(
        Decision, content={}, data={"title.fr": "Un", "key": "one", "visibility": "public", "votes_for": typed}
    )

    assert sheet.is_valid(), sheet.errors
    assert sheet.content()["votes_for"] == typed


def test_a_line_left_empty_is_no_line(db):
    data = posted(Sheet(Conflict, content=CONFLICT))
    for name in list(data):
        if name.startswith("sides.0."):
            data[name] = ""

    sheet = Sheet(Conflict, content=CONFLICT, data=data)

    assert sheet.is_valid()
    assert sheet.content()["sides"] == CONFLICT["sides"][1:]


@pytest.mark.parametrize("noun", sorted(NOUNS.values()))
def test_every_column_and_every_list_of_a_sheet_is_named_in_words(noun):
    model = entrances()[noun][0]
    parts = [part_of(model, name) for name in model.parts]
    deeper = [part_of(part, name) for part in parts for name in part.parts]

    columns = {field.name for each in (model, *parts, *deeper) for field in columns_of(each)}
    names = set(model.parts) | {name for part in parts for name in part.parts}

    assert columns - set(LABELS) == set()
    assert names - set(PARTS) == set()


def test_a_line_taken_out_is_gone_and_lines_move_to_the_place_asked_for(db):
    data = posted(Sheet(Conflict, content=CONFLICT))
    data["sides.0.-place"], data["sides.1.-place"] = "2", "1"
    data["names.0.-gone"] = "on"

    sheet = Sheet(Conflict, content=CONFLICT, data=data)

    assert sheet.is_valid()
    content = sheet.content()
    assert content["sides"] == CONFLICT["sides"][::-1]
    assert "names" not in content


def test_a_refusal_stands_in_its_line_even_when_an_earlier_line_was_left_out(db):
    data = posted(Sheet(Conflict, content=CONFLICT))
    data["sides.0.-gone"] = "on"
    sheet = Sheet(Conflict, content=CONFLICT, data=data)
    assert sheet.is_valid()
    sheet.content()

    sheet.add_refusal(InvalidContent([Problem("sides.0.as_of", "No such day.")]))

    assert dict(sheet.errors) == {"sides.1.as_of": ["No such day."]}


def test_what_a_sheet_does_not_show_of_a_text_is_not_lost(db):
    content = {**CONFLICT, "original": "en", "future_until": "2027"}

    sheet = Sheet(Conflict, content=content, data=posted(Sheet(Conflict, content=content)))

    assert sheet.is_valid()
    assert sheet.content() == content
