"""Whom the directory knows without naming them in public, and nobody else."""

from parvis.domain.directory.enums import Known
from parvis.domain.directory.queries import account_names, contact_names, unpublished_names
from parvis.foundation.accounts.actions import house_account
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.naming import spellings_of
from parvis.register.models import Subject


def said(names):
    return {(" ".join(way), how) for given, family, how in names for way in spellings_of(given, family)}


def test_an_account_is_known_by_its_name_either_way_and_the_house_is_nobody(clerk):
    house_account()
    User.objects.create_user("m@assoc.example", role=Role.APPLICANT, first_name="Marie", last_name="Élan-Dupont")

    assert said(account_names()) == {
        ("marie elan dupont", Known.BY_NAME), ("elan dupont marie", Known.BY_NAME),
    }  # fmt: skip


def test_a_contact_is_known_by_its_name(contact):
    assert said(contact_names()) == {
        ("canary confidential", Known.BY_NAME), ("confidential canary", Known.BY_NAME),
    }  # fmt: skip


def test_a_person_whose_record_is_not_public_is_known_and_one_restricted_is_sheltered(enter):
    for key, visibility in (("ana-lima", "public"), ("ines-canary", "internal"), ("jo-canary", "restricted")):
        enter("person", key, kind="honoured", title={"en": key.replace("-", " ")}, visibility=visibility)

    assert Subject.objects.filter(noun="person").count() == 3
    assert said(unpublished_names()) == {
        ("ines canary", Known.BY_NAME), ("canary ines", Known.BY_NAME),
        ("jo canary", Known.SHELTERED), ("canary jo", Known.SHELTERED),
    }  # fmt: skip
