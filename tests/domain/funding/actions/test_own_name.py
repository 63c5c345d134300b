"""Who asks in their own name: a student, a researcher. Nobody outside ever learns who."""

import pytest

from parvis.domain.directory.errors import PersonIsNoBody
from parvis.domain.directory.models import Body
from parvis.domain.funding import actions
from parvis.domain.funding.actions.beneficiaries import record_of
from parvis.domain.funding.errors import NumberRefused
from parvis.domain.funding.models import ApplicantBody, Grant
from parvis.domain.funding.queries.selecting import Terms
from parvis.foundation.accounts.models import Role, User
from tests.support import calls, reviews


@pytest.fixture
def student(db):
    person = calls.applicant("lea@etu.example", first_name="Léa", last_name="Martin")
    return person, actions.open_in_own_name(country="FR", by=person, at=calls.OPENS)


def test_a_person_opens_their_account_once_without_a_number(student):
    person, own = student

    again = actions.open_in_own_name(country="FR", by=person, at=calls.OPENS)

    assert (again.pk, own.name, own.kind, own.scheme) == (own.pk, "Léa Martin", "natural_person", "person")
    with pytest.raises(NumberRefused):
        actions.open_body(
            name="x", kind="association", scheme="person", number="P1", country="FR", by=person, at=calls.OPENS
        )


def test_no_record_is_made_of_a_person(student, clerk, noon, enter):
    with pytest.raises(PersonIsNoBody):
        record_of(student[1], by=clerk, at=noon)
    with pytest.raises(PersonIsNoBody):
        enter("body", "lea-martin", kind="natural_person")

    assert not Body.objects.exists()


def test_a_grant_of_a_call_to_a_person_names_nobody(envelope, clerk, vote):
    publisher = User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)
    call = calls.opened_call(clerk, envelope=envelope.key)
    (file,) = reviews.ranked(call, clerk, marks=(4,))
    own = {"scheme": "person", "number": "P1", "kind": "natural_person", "record": None, "name": "Léa Martin"}
    ApplicantBody.objects.filter(pk=file.body_id).update(**own)
    scenario = actions.save_scenario(call=call, name="A", terms=Terms(), by=publisher, at=reviews.READING)
    selection = actions.close_selection(
        scenario=scenario, reasons={}, waiting=frozenset(), by=publisher, at=reviews.READING
    )

    actions.record_answer(selection=selection, decision=vote, by=publisher, at=reviews.COUNCIL)

    grant = Grant.objects.get(file=file.number)
    assert (grant.natural_person, grant.beneficiary, grant.subject.visibility) == (True, None, "internal")
    assert [text.body for text in grant.subject.texts.all()] == [file.number, file.number]
    assert not Body.objects.exists()
