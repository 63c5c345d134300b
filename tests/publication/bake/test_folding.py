import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.foundation.values import fold
from parvis.publication.bake.folding import fold_text

_WESTERN = "aàâäæbcçdeéèêëfghiîïjklmnñoôœpqrstuùûüvwxyÿzAÀÉŒ0123456789 '’«»-\u00a0\u202f.,;ß½ªº"


@given(st.text())
def test_any_text_folds_as_everywhere_else(text):
    assert fold_text(text) == fold(text)


@given(st.text(alphabet=_WESTERN))
def test_western_text_folds_as_everywhere_else(text):
    assert fold_text(text) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"), [("L’œuvre d'Élise", "l oeuvre d elise"), ("ЙОД", fold("ЙОД")), ("½ kg", fold("½ kg"))]
)
def test_examples(text, folded):
    assert fold_text(text) == folded
