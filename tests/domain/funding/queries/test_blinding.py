"""A file without the names of those who ask."""

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.funding.queries.blinding import HIDDEN, blinded
from parvis.foundation.values.text import squeeze


def test_names_are_taken_out_however_they_are_spelt():
    text = "L’association Énergie-Partagée (ENERGIE PARTAGEE) et Mme Léa N’Diaye travaillent avec Dakar."

    assert blinded(text, {"Énergie partagée", "Léa N'Diaye"}) == (
        f"L’association {HIDDEN} ({HIDDEN}) et Mme {HIDDEN} travaillent avec Dakar."
    )


def test_addresses_links_and_telephones_go_and_sums_stay():
    text = "Écrire à lea@ept.example, voir https://ept.example/nous ou 01 42 76 40 40 : 12 500,00 € pour 2027."

    assert blinded(text, ()) == f"Écrire à {HIDDEN}, voir {HIDDEN} ou {HIDDEN} : 12 500,00 € pour 2027."


def test_lists_and_tables_are_gone_through():
    assert blinded({"rows": [{"name": "EPT", "n": 3}]}, {"EPT"}) == {"rows": [{"name": HIDDEN, "n": 3}]}


def test_a_name_inside_another_word_stays():
    assert blinded("Eptagone", {"Ept"}) == "Eptagone"


@settings(max_examples=80)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_is_never_left_between_two_words(before, after):
    said = blinded(f"{before} Zéphyr Quartz {after}", {"Zéphyr Quartz"})

    assert "zephyrquartz" not in squeeze(said)
