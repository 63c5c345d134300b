"""An amendment asked for at the counter, and answered at the desk."""

import hashlib
import html
import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone, translation
from pypdf import PdfReader

from parvis.domain.funding import actions, queries
from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models import (
    Amendment,
    AmendmentRequest,
    CitySignature,
    ConventionSignature,
    Grant,
    OutgoingEmail,
)
from parvis.doors.desk.reminders import reminders
from parvis.foundation.accounts.models import Role, User
from tests.support import grants

HERE, DESK = "/guichet/subventions/a-quay/", "/bureau/argent/subventions/a-quay/"
LATER = {"new_end": "30/06/2027", "reason": "The rains came late."}


@pytest.fixture
def signed(grant):
    actions.sign_convention(grant=grant, signed=date(2026, 4, 1), by=grants.finance(), at=grants.AT)
    return grant


@pytest.fixture
def seat(signed, ana, at_counter):
    return at_counter(ana)


def asked(seat, **said):
    return seat.post(f"{HERE}avenant/", said)


def answered(seat, verdict, **said):
    request = AmendmentRequest.objects.get(state="waiting")
    today = timezone.localdate().isoformat()
    facts = {"do": f"answer-{request.pk}", "granted": verdict, "decision": "vote-2026", "day": today, **said}
    return seat.post(DESK, facts)


def signed_by_both(desk):
    """Record that an amendment was signed by hand."""
    return desk.post(DESK, {"do": f"sign-{Amendment.objects.last().pk}", "day": timezone.localdate().isoformat()})


def words_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_a_request_waits_on_the_today_page_and_accepted_it_amends_the_convention(seat, signed, officer, at_counter):
    answer = asked(seat, **LATER, purpose="A quay and its slipway")

    (line,) = next(lines for title, _n, lines in reminders(timezone.localdate()) if title == "Amendments asked for")
    assert (answer.status_code, line.key) == (302, "a-quay")
    assert answered(at_counter(officer), "yes").status_code == 302
    request, convention = AmendmentRequest.objects.get(), queries.convention_of(signed)
    assert (request.state, convention.ends, request.amendment.reason) == (
        "accepted", date(2026, 12, 31), "The rains came late.",
    )  # fmt: skip
    assert "It changes nothing until both have signed it." in words_of(seat.get(HERE))
    assert signed_by_both(at_counter(officer)).status_code == 302
    assert queries.convention_of(signed).ends == date(2027, 6, 30)
    assert signed.subject.texts.get(field="purpose", language="en").body == "A quay and its slipway"
    assert OutgoingEmail.objects.get().subject == "Votre avenant à la convention 2026-DGRI-1 est accepté"


def test_an_end_that_never_comes_is_refused_at_the_counter_and_what_was_written_stays(seat, signed):
    answer = asked(seat, new_end="31/12/9999", reason="Until the quay stands.")

    assert "9999 is far from 2026, the year of this grant" in words_of(answer)
    assert (answer.status_code, "Until the quay stands." in words_of(answer)) == (422, True)
    assert not AmendmentRequest.objects.exists()


def test_an_accepted_amendment_is_signed_by_both_on_the_same_paper_before_anything_more_is_paid(
    seat, signed, officer, ana, at_counter, vault
):
    asked(seat, **LATER, purpose="A quay and its slipway")
    desk = at_counter(officer)
    answered(desk, "yes")
    amendment = Amendment.objects.get()
    waits = queries.blocks_of(signed.instalments.get(), timezone.localdate())
    path = f"{HERE}avenants/{amendment.pk}"

    put_up = desk.post(DESK, {"do": f"put_up-{amendment.pk}"}).status_code
    handed = seat.get(f"{path}.pdf")
    paper = b"".join(handed.streaming_content)
    digest = hashlib.sha256(paper).hexdigest()
    ours = {"name": "Ana Lima", "capacity": "President", "agreed": "yes"}
    other = seat.post(f"{path}/signer/", {"seen": "0" * 64, **ours}).status_code
    mine = seat.post(f"{path}/signer/", {"seen": digest, **ours}).status_code
    publisher = at_counter(User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER))
    theirs = {"do": f"sign_city-{amendment.pk}", "seen": digest, "name": "Rosa Diaz", "capacity": "Director"}
    city = publisher.post(DESK, theirs).status_code

    amendment.refresh_from_db()
    assert handed["Content-Disposition"] == 'attachment; filename="amendment-1-2026-DGRI-1.pdf"'
    assert waits == ["an amendment is not signed."]
    assert (put_up, other, mine, city) == (302, 409, 302, 302)
    assert amendment.signed == timezone.localdate()
    assert "A quay and its slipway" in PdfReader(BytesIO(paper)).pages[0].extract_text()
    assert queries.blocks_of(signed.instalments.get(), timezone.localdate()) == []
    assert [CitySignature.objects.get().sha256, ConventionSignature.objects.get().paper.amendment] == [
        digest, amendment,
    ]  # fmt: skip
    assert "Signed for the City by Rosa Diaz, Director" in words_of(seat.get(HERE))
    assert (
        "Ana Lima, President" in PdfReader(BytesIO(seat.get(f"{path}/signature.pdf").content)).pages[0].extract_text()
    )
    assert hashlib.sha256(desk.get(f"{DESK}avenants/{amendment.pk}/").content).hexdigest() == digest
    assert digest in words_of(desk.get(f"{DESK}piste/"))


def test_an_amendment_signed_by_hand_is_recorded_once_and_not_before_it_was_made(seat, signed, officer, at_counter):
    asked(seat, **LATER)
    desk = at_counter(officer)
    answered(desk, "yes")
    sign = {"do": f"sign-{Amendment.objects.get().pk}"}

    before = words_of(desk.post(DESK, sign | {"day": "2026-01-01"}))
    desk.post(DESK, sign | {"day": timezone.localdate().isoformat()})

    assert "it is not signed before." in before
    assert Amendment.objects.get().signed == timezone.localdate()
    assert sign["do"] not in desk.get(DESK).content.decode()


def test_a_finance_officer_accepts_that_the_amount_goes_down_and_the_money_is_free_again(seat, signed, at_counter):
    asked(seat, reduction="5 000,00", reason="Cheaper stones")

    desk = at_counter(grants.finance())
    answer = answered(desk, "yes", envelope="general-2026")
    before = (queries.convention_of(signed).amount, queries.standing_of_envelope(grants.an_envelope()).left)
    signed_by_both(desk)

    assert (answer.status_code, before) == (302, (Decimal(50_000), Decimal(450_000)))
    assert queries.convention_of(signed).amount == Decimal(45_000)
    assert Grant.objects.get().amount_voted == Decimal(45_000)
    assert queries.standing_of_envelope(grants.an_envelope()).left == Decimal(455_000)


def test_an_amount_goes_up_by_a_decision_within_what_its_envelope_holds(seat, signed, at_counter):
    asked(seat, increase="450 000,01", reason="A longer quay")
    desk = at_counter(grants.finance())

    above = answered(desk, "yes", envelope="general-2026")
    waits = (AmendmentRequest.objects.get().state, queries.convention_of(signed).amount)
    seat.post(f"{HERE}avenant/retirer/")
    asked(seat, increase="10 000", reason="A longer quay")
    answered(desk, "yes", envelope="general-2026")
    kept = queries.standing_of_envelope(grants.an_envelope()).left, queries.convention_of(signed).amount
    signed_by_both(desk)

    assert kept == (Decimal(440_000), Decimal(50_000))
    assert (above.status_code, waits) == (422, ("waiting", Decimal(50_000)))
    assert queries.convention_of(signed).amount == Decimal(60_000)
    assert Grant.objects.get().amount_voted == Decimal(60_000)
    assert queries.standing_of_envelope(grants.an_envelope()).left == Decimal(440_000)


def test_an_amendment_nobody_signs_is_given_up_and_the_convention_stands(seat, signed, officer, at_counter):
    asked(seat, increase="10 000", reason="A longer quay")
    finance, today = at_counter(grants.finance()), timezone.localdate().isoformat()
    answered(finance, "yes", envelope="general-2026")
    deed = {"do": f"give_up-{Amendment.objects.get().pk}", "day": today}

    by_an_officer = words_of(at_counter(officer).post(DESK, deed))
    done = finance.post(DESK, deed).status_code

    assert "it moves money: finance does it." in by_an_officer
    assert done == 302
    assert queries.convention_of(signed).amount == 50_000
    assert queries.blocks_of(signed.instalments.get(), timezone.localdate()) == []
    assert queries.standing_of_envelope(grants.an_envelope()).left == Decimal(450_000)
    assert "given up on" in words_of(seat.get(HERE))


def test_a_refusal_gives_its_reason_and_changes_nothing(seat, signed, officer, at_counter):
    asked(seat, **LATER)
    desk = at_counter(officer)

    silent = answered(desk, "no")
    answered(desk, "no", answer="The programme ends in December.")

    assert silent.status_code == 422
    assert "Say why the request is refused: its body reads these words." in words_of(silent)
    assert "Accept Refuse" in words_of(silent)
    assert "The programme ends in December." in words_of(seat.get(HERE))
    assert (queries.convention_of(signed).ends, AmendmentRequest.objects.get().state) == (date(2026, 12, 31), "refused")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"reason": "Because"}, "Say what is to change: an end, an amount, a purpose, the day of an instalment."),
        ({"new_end": "30/06/2027", "reason": ""}, "This field is required."),
        ({"new_end": "31/02/2027", "reason": "x"}, "There is no such day."),
        ({"new_end": "31/12/2026", "reason": "x"}, "The convention ends on that day already."),
        ({"new_end": "01/01/2025", "reason": "x"}, "A convention begins before it ends."),
        ({"reduction": "1", "increase": "1", "reason": "x"}, "An amount goes up or down, not both."),
        ({"reduction": "50 000,01", "reason": "x"}, "The amount can go down by €50,000.00 at most: the rest is paid."),
        ({"carried": "1", "new_end": "30/06/2027", "reason": "x"}, "No more can be carried than was paid: €0.00."),
    ],
)
def test_what_cannot_be_asked_says_why_and_keeps_what_was_typed(seat, said, why):
    answer = asked(seat, **said)

    assert answer.status_code == 422
    assert why in words_of(answer)
    assert said.get("new_end", "") in answer.content.decode()
    assert not AmendmentRequest.objects.exists()


def test_one_request_waits_at_a_time_and_may_be_taken_back(seat):
    asked(seat, **LATER)

    again = asked(seat, **LATER)
    seat.post(f"{HERE}avenant/retirer/")

    assert "A request already waits for its answer." in words_of(again)
    assert [row.state for row in AmendmentRequest.objects.all()] == ["withdrawn"]
    assert asked(seat, **LATER).status_code == 302


def test_who_may_only_write_asks_for_nothing(signed, bruno, at_counter):
    answer = asked(at_counter(bruno), **LATER)

    assert "You may not do this for this body." in words_of(answer)
    assert not AmendmentRequest.objects.exists()


def test_the_day_of_an_instalment_is_asked_for_and_accepted_it_moves(seat, signed, officer, at_counter):
    late = asked(seat, **{"instalment-1": "1er mars 2031", "reason": "The works begin later."})
    answer = asked(seat, **{"instalment-1": "1er octobre 2026", "reason": "The works begin later."})

    assert (late.status_code, answer.status_code) == (422, 302)
    assert "An instalment is paid within the convention" in words_of(late)
    assert "Instalment 1: not before 1 October 2026." in words_of(seat.get(HERE))
    assert "Instalment 1: not before 1 October 2026." in words_of(at_counter(officer).get(DESK))
    assert answered(at_counter(officer), "yes").status_code == 302
    assert signed.instalments.get().not_before is None
    signed_by_both(at_counter(officer))
    assert signed.instalments.get().not_before == date(2026, 10, 1)


def test_a_day_asked_for_is_answered_before_the_instalments_are_planned_again(seat, signed):
    asked(seat, **{"instalment-1": "1er octobre 2026", "reason": "The works begin later."})
    parts = [actions.Part(grants.an_envelope(), signed.instalments.get().amount)]
    anew = {"grant": signed, "parts": parts, "by": grants.finance(), "at": grants.AT}

    with pytest.raises(StepHeldBack) as refused, translation.override("en"):
        actions.plan_instalments(**anew)
    seat.post(f"{HERE}avenant/retirer/")

    assert "asks for another day for instalment 1: answer before you plan again" in str(refused.value)
    assert len(actions.plan_instalments(**anew)) == 1


def test_an_instalment_that_was_ordered_is_not_offered_and_not_moved(seat, signed, ana):
    actions.order_payment(instalment=signed.instalments.get(), slip=grants.slip())

    with pytest.raises(StepHeldBack) as refused:
        actions.ask_amendment(
            grant=signed, dates={1: date(2026, 10, 1)}, reason="Later", language="en", by=ana, at=grants.AT
        )

    with translation.override("en"):
        assert "ordered, paid or replaced in the plan is not moved" in str(refused.value)
    assert "instalment-1" not in seat.get(f"{HERE}avenant/").content.decode()
