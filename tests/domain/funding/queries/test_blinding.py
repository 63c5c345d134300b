"""A file without the names of those who ask."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.funding.queries.blinding import HIDDEN, Acronym, Number, Proper, blinded
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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("La section ADP-VP et l'ADP_Sud", f"La section {HIDDEN} et l'{HIDDEN}"),
        ("franco-ADP", HIDDEN),
        ("des gens adp de LES", "des gens adp de LES"),
        ("AMIS DES PORTS, Amis-des-ports, amisdesports", f"{HIDDEN}, {HIDDEN}, {HIDDEN}"),
        ("Les Am\u00adis des\u200b ports", f"Les {HIDDEN}"),
        ("Coeur et Mer, Cœur & Mer", f"{HIDDEN}, {HIDDEN}"),
        ("732 829 320 00074, 732-829-320, FR40732829320", f"{HIDDEN}, {HIDDEN}, {HIDDEN}"),
        ("FR76 3000 4000 0312 3456 7890 143, GB29NWBK60161331926819", f"{HIDDEN}, {HIDDEN}"),
        ("voir zoprich.org/nous, www.zoprich.org ou @zoprich", f"voir {HIDDEN}, {HIDDEN} ou {HIDDEN}"),
        ("lea (at) zoprich (point) org, lea[at]zoprich.org", f"{HIDDEN}, {HIDDEN}"),
        ("Aïssata Ndiaye, puis NDIAYE, et une ndiaye", f"{HIDDEN}, puis {HIDDEN}, et une ndiaye"),
        ("12 500,00 € en 2027, 3.5 km ; quai.Le port, PM10 dans cent pays", None),
    ],
)
def test_no_way_of_writing_who_asks_is_left_and_ordinary_words_are(text, left):
    names = {
        "Amis des ports", "Cœur et Mer", Acronym("ADP"), "Aïssata Ndiaye", Proper("Ndiaye"),
        Number("73282932000074"), Number("732829320"),
    }  # fmt: skip

    assert blinded(text, names) == (left or text)
