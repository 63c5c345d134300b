"""Words that tell who asks."""

import pytest

from parvis.domain.funding.queries.blinding import HIDDEN, Acronym, Proper, blinded
from parvis.domain.funding.queries.telling import of_address, of_person, spellings


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Association Les Amis des Ports (ADP)", ["amis des ports", "adp", "Amis-des-Ports"]),
        ("Quais du monde - section Lumière", ["Quais du monde", "section Lumière", "QDM"]),
        ("AGIR [Gens de Mer] : Bretagne", ["agir", "Gens de mer", "GDM"]),
        ("Eau & Vie", ["Eau et Vie", "EAU AND VIE"]),
        ("Médecins pour un Quai Libre", ["MUQL", "MPUQL"]),
    ],
)
def test_a_name_is_known_by_its_parts_and_by_its_initials(name, written):
    assert [blinded(f"Un projet de {one} ici", spellings(name)) for one in written] == [
        f"Un projet de {HIDDEN} ici" for _one in written
    ]


def test_ordinary_words_and_initials_in_small_letters_are_no_name():
    said = "les amis, les ports et l'association"

    assert blinded(said, spellings("Les Enfants Solidaires (Amis des ports)")) == said


def test_a_person_is_known_by_the_name_and_by_each_word_of_it_without_titles():
    assert of_person("Mme Aïssata N'Diaye-Petit, présidente") == {
        "Aïssata N'Diaye-Petit", Proper("Aïssata"), Proper("N'Diaye-Petit"),
    }  # fmt: skip


def test_an_address_tells_its_holder_and_its_domain_unless_anybody_may_have_it():
    found = {email: of_address(email) for email in ("z.traore@eaupt.org", "contact@gmail.com", "lea.ndiaye@gmail.com")}

    assert found == {
        "z.traore@eaupt.org": {Proper("traore"), "eaupt"},
        "contact@gmail.com": set(),
        "lea.ndiaye@gmail.com": {Proper("ndiaye")},
    }
    assert {type(one) for one in spellings("Quais Du Monde") if one == "QDM"} == {Acronym}
