"""Where a JSON file stops being JSON, in lines and signs."""

import pytest

from parvis.exchange.formats.tables.broken import not_json
from parvis.exchange.formats.tables.faults import Unreadable
from parvis.exchange.formats.tables.pieces import members


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("[1,\n2,\n,3]", "it cannot be read from line 3, character 1 on."),
        ("[" + "1," * 50_000 + "x]", "it cannot be read from line 1, character 100002 on."),
        ("\n" * 70_000 + '["' + "é" * 40_000 + '" {]', "it cannot be read from line 70001, character 40005 on."),
        ("[1]\n\n[2]", "it cannot be read from line 3, character 1 on."),
        ('{"a": [1', "it ends before it is whole, at line 1."),
    ],
    ids=["third line", "a long line", "far down", "something behind", "cut"],
)
def test_the_line_and_the_sign_are_named(data, said, tmp_path):
    path = tmp_path / "f.json"
    path.write_text(data, encoding="utf-8")

    assert str(not_json(path, "f.json")) == f"f.json, This is not JSON: {said}"


def test_a_mark_of_the_encoding_is_no_sign_of_the_line(tmp_path):
    path = tmp_path / "f.json"
    path.write_bytes(b"\xef\xbb\xbf[1,]")

    with pytest.raises(Unreadable, match="line 1, character 4 on"):
        list(members(path, "f.json", "", skip=3))
