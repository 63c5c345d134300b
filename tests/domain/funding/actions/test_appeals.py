"""A refusal that an appeal has looked at again."""

from decimal import Decimal

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Otherwise
from parvis.domain.funding.enums import Answered
from parvis.domain.funding.errors import NothingWritten
from parvis.domain.funding.errors.choosing import ConcernsYou, NotRefused
from parvis.domain.funding.models import Application, Interest, OutgoingEmail
from parvis.domain.funding.queries import Terms
from parvis.foundation.accounts.models import Role, User
from tests.support import calls, reviews
from tests.support.reviews import COUNCIL
from tests.support.reviews import READING as LATER


@pytest.fixture
def publisher(db):
    return User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)


def _selected(call, name, threshold, publisher):
    scenario = actions.save_scenario(
        call=call, name=name, terms=Terms(threshold=threshold), by=publisher, at=LATER
    )  # fmt: skip
    return actions.close_selection(scenario=scenario, reasons={}, waiting=frozenset(), by=publisher, at=LATER)


@pytest.fixture
def refused(clerk, envelope, publisher, vote):
    """The second of three files: proposed, and refused by the council all the same."""
    call = calls.opened_call(clerk, envelope=envelope.key)
    reviews.under_contract(reviews.ranked(call, clerk), clerk)
    first = _selected(call, "A", Decimal(50), publisher)
    second = first.lines.get(rank=2)
    actions.record_answer(
        selection=first, decision=vote, by=publisher, at=COUNCIL,
        otherwise={second.pk: Otherwise(Answered.REFUSE, reason="Hors du champ.")},
    )  # fmt: skip
    return Application.objects.get(pk=second.application_id)


def test_a_refused_file_goes_before_the_council_again_with_its_readings_and_is_awarded(refused, clerk, publisher, vote):
    OutgoingEmail.objects.all().delete()

    actions.look_again(application=refused.pk, reason="Recours gracieux du 3 mars.", by=clerk, at=COUNCIL)
    second = _selected(refused.call, "B", None, publisher)
    grants = actions.record_answer(selection=second, decision=vote, by=publisher, at=COUNCIL)

    refused.refresh_from_db()
    assert [grant.file for grant in grants] == [refused.number]
    assert [(step.comes_from, step.goes_to) for step in refused.steps.order_by("pk")][-4:] == [
        ("proposed", "refused"), ("refused", "ranked"), ("ranked", "proposed"), ("proposed", "awarded"),
    ]  # fmt: skip
    assert [line.answered for line in refused.selection_lines.order_by("selection__pk")] == ["refuse", "award"]
    told = OutgoingEmail.objects.filter(application=refused).values_list("subject", "body")
    assert [(subject, "Recours gracieux du 3 mars." in body) for subject, body in told] == [
        (f"Le dossier {refused.number} est réexaminé", True)
    ]


def test_without_a_reason_by_who_is_tied_or_where_nothing_was_refused_nothing_moves(refused, clerk, publisher):
    Interest.objects.create(
        application=refused, person=publisher, ground="declared", words="Mon frère.", stated_at=LATER, stated_by=clerk
    )
    awarded = Application.objects.filter(state="awarded").first()

    for file, person, why, refusal in (
        (refused, clerk, "  ", NothingWritten),
        (refused, publisher, "Recours.", ConcernsYou),
        (awarded, clerk, "Recours.", NotRefused),
    ):
        with pytest.raises(refusal):
            actions.look_again(application=file.pk, reason=why, by=person, at=COUNCIL)

    assert sorted(Application.objects.values_list("state", flat=True)) == ["awarded", "refused", "refused"]
