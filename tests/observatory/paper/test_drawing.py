import json

import pytest

from parvis.observatory.paper.drawing import Drawing, same_rows


def test_a_table_has_rows_as_long_as_its_head():
    with pytest.raises(ValueError, match="as long as its head"):
        same_rows(["a", "b"], [("only one",)])


def test_what_a_picture_says_is_plain_enough_for_json():
    drawing = Drawing("x", "fr", "Titre", "Texte", "<svg/>", same_rows(["a"], [(1,)]), more={"narrow": True})

    assert json.loads(json.dumps(drawing.meta())) == {
        "title": "Titre", "text": "Texte", "unit": "", "scope": "", "source": "", "day": "",
        "columns": ["a"], "rows": [[1]], "narrow": True,
    }  # fmt: skip
