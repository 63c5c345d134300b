import json

import pytest

from parvis.observatory.paper.drawing import Drawing, same_rows


def test_a_table_has_rows_as_long_as_its_head():
    with pytest.raises(ValueError, match="as long as its head"):
        same_rows(["a", "b"], [("only one",)])


@pytest.mark.parametrize(
    ("text", "source", "refusal"),
    [("", "Natural Earth", "or no credit"), ("A map", " ", "or no credit"), ("A cafÃ© on a map", "Records", "garbled")],
)
def test_no_picture_is_shown_without_words_and_credit_nor_with_garbled_text(text, source, refusal):
    drawing = Drawing("map", "en", "A map", text, "<svg/>", same_rows(["a"], [(1,)]), source=source)

    with pytest.raises(ValueError, match=refusal):
        drawing.checked()


def test_a_picture_with_words_and_a_credit_is_shown_as_it_is():
    drawing = Drawing("map", "fr", "Une carte", "Un café à Évreux", "<svg/>", same_rows(["a"], [(1,)]), source="Fiches")

    assert drawing.checked() is drawing


def test_what_a_picture_says_is_plain_enough_for_json():
    drawing = Drawing("x", "fr", "Titre", "Texte", "<svg/>", same_rows(["a"], [(1,)]), more={"narrow": True})

    assert json.loads(json.dumps(drawing.meta())) == {
        "title": "Titre", "text": "Texte", "unit": "", "scope": "", "source": "", "day": "",
        "columns": ["a"], "rows": [[1]], "narrow": True,
    }  # fmt: skip
