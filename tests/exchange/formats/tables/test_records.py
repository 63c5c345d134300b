"""JSON: a list of objects, wherever it stands, and nesting without end."""

import json

import pytest

from parvis.exchange.formats.tables.faults import Unreadable


def test_nested_values_become_paths(read):
    data = {
        "meta": 1,
        "grants": [{"id": "a", "org": [{"name": "Été"}], "tags": ["x", "y"]}, {"id": "b", "amount": 12.5}],
    }

    table, rows = read(json.dumps(data), "f.json")

    assert table.columns == ("id", "org.0.name", "tags", "amount")
    assert [cells for _number, cells, _faults in rows] == [["a", "Été", "x; y", ""], ["b", "", "", "12.5"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("[" * 10_000 + "]" * 10_000, "other things|levels deep"),
        ('[{"a":' + "[" * 10_000 + "]" * 10_000 + "}]", "nested more than 64 levels"),
        ('{"a": 1}', "The file holds no list of objects."),
        ("[1, 2]", "A list of objects is expected"),
        ('[{"a": 1},,]', "This is not JSON: it cannot be read from line 1, character 11 on."),
        ('[{"a": 1},\n {"é": 2},\n {"é": nul}]', "from line 3, character 11 on"),
        ('[{"a": 1},\n {"b": 2}\n', "it ends before it is whole, at line 3."),
        ('[{"a": 1},\n {"a":\n ' + "[" * 100 + "]}]", "row 3: The file is nested more than 64 levels"),
        ('[{"a": "\xe9"}]'.encode("latin-1"), "JSON is written in UTF-8"),
        ("[" + json.dumps({f"c{place}": 1 for place in range(5000)}) + "]", "more than 400 fields"),
    ],
    ids=["arrays", "deep", "no list", "numbers", "broken", "a word", "cut", "deep at a line", "latin-1", "5000 fields"],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data, said, read):
    with pytest.raises(Unreadable, match=said):
        read(data, "f.json")
