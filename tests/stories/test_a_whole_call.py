"""A call from its opening to the council's answer, on four hundred real requests of 2013."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Given, Save, Slip
from parvis.domain.funding.enums import Proposed
from parvis.domain.funding.errors import AboveUnexplained
from parvis.domain.funding.models import Application, Envelope, Grant, Levy, OutgoingEmail
from parvis.domain.funding.queries import Terms
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.identifiers import siret
from parvis.register.entry import Entry
from parvis.register.models import Subject
from tests.support import calls
from tests.support.requests_of_2013 import FILE, drawn
from tests.support.reviews import COUNCIL, CRITERIA, READING, reviewer, under_contract

MANY = 400
ZERO = Decimal(0)
#: One page, no document: what the requests of 2013 tell.
FORM = {
    "sections": [{"code": "project", "words": {"fr": "Projet"}}],
    "fields": [
        {"code": "title", "section": "project", "type": "text", "required": True, "words": {"fr": "Titre"}},
        {"code": "budget", "section": "project", "type": "budget", "required": True, "words": {"fr": "Budget"}},
    ],
    "documents": [],
    "amount_rule": "free",
    "least_years": None,
    "amount": None,
    "least_amount": None,
}
GOOD, POOR = 4, 2

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason="SKIPPED: the requests of 2013 are not beside this checkout."),
]


def _head(key, kind):
    return Entry(key, kind, texts={"title": {"fr": key}})


@pytest.fixture
def officer():
    return User.objects.create_user("officer@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def asked_for():
    return drawn(MANY)


@pytest.fixture
def call(officer, asked_for):
    """A call whose envelope holds what was voted on these requests, and one euro."""
    at = calls.OPENS
    levy = actions.enter_levy(entry=_head("general", "general"), facts={}, by=officer, at=at)
    vote = Subject.objects.create(
        key="budget-2027", noun="decision", entered_at=at, amended_at=at, entered_by=officer, amended_by=officer
    )
    slip = Slip(decision=vote, day=date(2027, 1, 4), by=officer, at=at)
    total = sum((one.voted for one in asked_for), Decimal(1))
    year = actions.open_levy_year(levy=Levy.objects.get(pk=levy.pk), year=2027, currency="EUR", by=officer, at=at)
    facts = {"levy": "general", "year": 2027}
    envelope = actions.enter_envelope(entry=_head("call-2027", "call"), facts=facts, by=officer, at=at)
    actions.vote_levy(levy_year=year, amount=total, slip=slip)
    actions.allot(envelope=envelope, amount=total, slip=slip)
    return calls.opened_call(officer, envelope=envelope.key, **FORM)


def _number(one):
    """The register and the number of a body: some of 2013 have no good SIRET."""
    try:
        return "siret", siret(one.siret)
    except ValueError:
        return "org_id", f"FR-XX-{one.line}"


def _filed(call, asked_for):
    """Every request, filed at the counter by its body: the file of each by the line it came from."""
    person = calls.applicant()
    bodies, files = {}, {}
    for place, one in enumerate(asked_for):
        at = calls.WHILE_OPEN + timedelta(seconds=place)
        scheme, number = _number(one)
        body = bodies.get(number) or actions.open_body(
            name=one.body[:200], kind="association", scheme=scheme, number=number, country="FR", town="Paris",
            founded=None, by=person, at=at,
        )  # fmt: skip
        bodies[number] = body
        file = calls.begun(call, body, person, at)
        answers = {"title": one.title[:200], "budget.60": str(one.asked), "budget.74-city": str(one.asked)}
        saves = [Save(path, value, 0) for path, value in answers.items()]
        actions.save_answers(application=file.pk, saves=saves, by=person, at=at, window="one")
        actions.send_file(application=file.pk, by=person, at=at, language="fr")
        files[one.line] = str(file.pk)
    return files


def _read(call, officer, marks):
    """Declared complete and eligible, shared out, read by two, ranked."""
    for number in range(6):
        reviewer(call, officer, f"reviewer{number}")
    for file in call.applications.all():
        for code in ("complete", "eligible"):
            actions.take_step(application=file.pk, code=code, by=officer, at=READING)
    actions.share_files(call=call, by=officer, at=READING)
    for review in queries.readings_to_sign(call):
        given = {code: Given(marks[str(review.application_id)]) for code in CRITERIA}
        actions.save_review(review=review.pk, marks=given, comment="", by=review.reviewer, at=READING)
        actions.sign_review(review=review.pk, by=review.reviewer, at=READING)
    return actions.rank_files(call=call, by=officer, at=READING)


def test_a_whole_call_gives_to_the_cent_what_the_council_of_2013_gave(call, officer, asked_for):
    files = _filed(call, asked_for)
    marks = {files[one.line]: GOOD if one.voted else POOR for one in asked_for}
    assert _read(call, officer, marks) == MANY

    amounts = {files[one.line]: one.voted for one in asked_for if one.voted}
    above = {files[one.line]: "Voté par le Conseil au-delà de la demande." for one in asked_for if one.above}
    scenario = actions.save_scenario(
        call=call, name="2013", terms=Terms(threshold=Decimal(50), amounts=amounts), by=officer, at=READING
    )
    with pytest.raises(AboveUnexplained):
        actions.close_selection(scenario=scenario, reasons={}, waiting=frozenset(), by=officer, at=READING)
    selection = actions.close_selection(scenario=scenario, reasons=above, waiting=frozenset(), by=officer, at=READING)
    under_contract(call.applications.select_related("body"), officer)
    decision = Subject.objects.get(key="budget-2027")
    actions.record_answer(selection=selection, decision=decision, by=officer, at=COUNCIL)

    grants = Grant.objects.all()
    standing = queries.standing_of_envelope(Envelope.objects.get())
    given = {grant.file: (grant.amount_asked, grant.amount_voted) for grant in grants}
    numbers = {str(file.pk): file.number for file in Application.objects.all()}
    assert given == {numbers[files[one.line]]: (one.asked, one.voted) for one in asked_for if one.voted}
    assert standing.engaged == sum((one.voted for one in asked_for), ZERO)
    assert standing.left == Decimal(1)
    refused = selection.lines.filter(proposed=Proposed.REFUSE)
    assert refused.count() == sum(not one.voted for one in asked_for)
    assert all(line.reason for line in refused)
    assert sum(bool(grant.above_asked) for grant in grants) == len(above) == sum(one.above for one in asked_for)
    letters = OutgoingEmail.objects.filter(written_at=COUNCIL)
    assert {letter.application_id for letter in letters} == set(Application.objects.values_list("pk", flat=True))
