import pytest

from parvis.foundation.vocabulary.terms import Term, Terms, UnknownCode

KINDS = Terms(
    "kinds.agreement",
    {
        "twinning": Term("twinning", {"fr": "Jumelage", "en": "Twinning"}, {"roles": ("party",)}),
        "framework": Term("framework", {"fr": "Accord-cadre"}),
    },
)


def test_take_gives_the_term():
    assert KINDS.take("twinning").in_language("fr") == "Jumelage"


def test_a_term_is_shown_in_the_nearest_language_there_is():
    assert KINDS.take("framework").in_language("en") == "Accord-cadre"


def test_a_term_has_traits():
    assert (KINDS.take("twinning").trait("roles"), KINDS.take("framework").trait("roles", ())) == (
        ("party",),
        (),
    )


@pytest.mark.parametrize("written", ["twining", "Jumelages", "TWINNING"])
def test_an_unknown_code_is_refused_naming_the_near_ones(written):
    with pytest.raises(UnknownCode) as refusal:
        KINDS.take(written)

    assert str(refusal.value) == f"“{written}” is not in the list of kinds.agreement. Near: twinning."


def test_an_unknown_code_like_no_other_is_told_all_there_are():
    with pytest.raises(UnknownCode) as refusal:
        KINDS.take("zzz")

    assert str(refusal.value).endswith("Known: twinning, framework.")


def test_a_long_list_is_told_in_part():
    many = Terms("x", {f"{n:03}": Term(f"{n:03}", {}) for n in range(30)})

    with pytest.raises(UnknownCode) as refusal:
        many.take("zzz")

    assert str(refusal.value).endswith("018, 019, …")


def test_a_label_of_a_code_nobody_declared_is_the_code():
    assert (KINDS.label("twinning", "en"), KINDS.label("pact", "en")) == ("Twinning", "pact")


def test_terms_are_listed_in_their_order():
    assert (KINDS.codes, len(KINDS), [term.code for term in KINDS], "twinning" in KINDS, "pact" in KINDS) == (
        ("twinning", "framework"),
        2,
        ["twinning", "framework"],
        True,
        False,
    )
