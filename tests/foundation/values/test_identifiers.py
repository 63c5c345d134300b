import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.foundation.values.identifiers import SCHEMES, identifier


@pytest.mark.parametrize(
    ("scheme", "written", "held"),
    [
        ("siren", "217 500 016", "217500016"),
        ("siret", "217.500.016 00019", "21750001600019"),
        ("rna", "w751234567", "W751234567"),
        ("rna", "W2A1000123", "W2A1000123"),
        ("rna", "W9R 4000123", "W9R4000123"),
        ("org_id", "FR-SIREN-217 500 016".replace(" ", ""), "FR-SIREN-217500016"),
        ("org_id", "FR-RNA-W751234567", "FR-RNA-W751234567"),
        ("org_id", "GB-COH-09506232", "GB-COH-09506232"),
        ("org_id", "XM-DAC-11002", "XM-DAC-11002"),
        ("wikidata", "q90", "Q90"),
        ("geonames", 2988507, "2988507"),
    ],
)
def test_an_identifier_is_written_one_way(scheme, written, held):
    assert identifier(scheme, written) == held


@pytest.mark.parametrize(
    ("scheme", "written", "sentence"),
    [
        ("siren", "217500017", "is not a SIREN"),
        ("siret", "21750001600018", "is not a SIRET"),
        ("rna", "751234567", "is not an RNA number"),
        ("rna", "W7512345678", "is not an RNA number"),
        ("org_id", "217500016", "is not an org-id"),
        ("org_id", "FR-SIREN-217500017", "is not a SIREN"),
        ("org_id", "FR-RNA-1", "is not an RNA number"),
        ("wikidata", "Q0", "is not a Wikidata item"),
        ("wikidata", "P31", "is not a Wikidata item"),
        ("geonames", "Paris", "is not a GeoNames number"),
        ("geonames", "0", "is not a GeoNames number"),
        ("duns", "1", "is not a scheme of identifiers: use geonames, org_id, rna, siren, siret, wikidata"),
    ],
)
def test_a_wrong_identifier_is_refused_in_a_sentence(scheme, written, sentence):
    with pytest.raises(ValueError, match=sentence):
        identifier(scheme, written)


@given(st.sampled_from(sorted(SCHEMES)), st.text())
def test_whatever_is_held_is_held_again_unchanged(scheme, text):
    try:
        held = identifier(scheme, text)
    except ValueError:
        return

    assert identifier(scheme, held) == held
