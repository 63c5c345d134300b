"""A call that can be filled, and a file in each of its states, from the invented city's own data."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions.beneficiaries import record_of
from parvis.domain.funding.models import ApplicantBody, Application, Call, Label, Workflow
from parvis.foundation.accounts.models import Role, User
from parvis.register.content import content_of
from parvis.register.entry import Entry, take_apart
from parvis.register.models import Subject

RECORDS = Path(__file__).parents[2] / "data" / "riviera" / "records" / "funding"
OPENS = datetime(2026, 9, 1, 8, tzinfo=UTC)
CLOSES = datetime(2027, 3, 31, 15, tzinfo=UTC)
WHILE_OPEN = datetime(2027, 1, 15, 10, tzinfo=UTC)
SIRET = "73282932000074"

#: Every answer that the form asks for, in order.
WHOLE = {
    "title": "Un quai pour Porto-Lume",
    "summary": "Refaire le quai des pêcheurs.",
    "need": "Le quai s'effondre.",
    "people": "1 250",
    "starts": "01/06/2027",
    "ends": "31 mai 2028",
    "places.a1.name": "Mindelo",
    "places.a1.country": "CV",
    "places.a1.geoname": "3374462",
    "budget.60": "12 000,00",
    "budget.64": "8.000,00",
    "budget.74-city": "15 000",
    "budget.75": "5000",
    "regrant": "no",
    "signatory": "A. Présidente",
    "contact": "contact@assoc.example",
}


def _content(file: str, plural: str) -> dict[str, Any]:
    return yaml.safe_load((RECORDS / file).read_text(encoding="utf-8"))[plural][0]


def enter_workflow(by: User, at: datetime = OPENS) -> Workflow:
    taken = take_apart(Workflow, _content("workflows.yaml", "workflows"))
    return actions.enter_workflow(entry=taken.entry, facts=taken.facts, by=by, at=at)


def enter_call(by: User, at: datetime = OPENS, **changed: Any) -> Call:
    """The open call of Riviera, in the zone of the tests, with its workflow."""
    content = {
        name: value for name, value in _content("calls.yaml", "calls").items() if name not in ("programme", "cites")
    }
    taken = take_apart(Call, content | changed)
    return actions.enter_call(entry=taken.entry, facts=taken.facts, by=by, at=at)


def opened_call(by: User, at: datetime = OPENS, **changed: Any) -> Call:
    queries.forget_forms()
    enter_workflow(by, at)
    call = enter_call(by, at, **changed)
    actions.open_form(call=call, by=by, at=at)
    return call


def form_fields() -> list[dict[str, Any]]:
    """The questions of the call, as its file asks them."""
    return list(_content("calls.yaml", "calls")["fields"])


def applicant(email: str = "ana@assoc.example", **named: str) -> User:
    return User.objects.create_user(email, "a long pass phrase", role=Role.APPLICANT, **named)


def body_of(person: User, number: str = SIRET, at: datetime = OPENS) -> ApplicantBody:
    return actions.open_body(
        name="Amis des ports", kind="association", scheme="siret", number=number, country="FR", town="Marseille",
        founded=2010, by=person, at=at,
    )  # fmt: skip


def begun(call: Call, body: ApplicantBody, person: User, at: datetime = WHILE_OPEN) -> Application:
    return actions.begin_file(call=call, body=body, verdicts=[], by=person, at=at)


def write(file: Application, person: User, answers: dict[str, Any], *, at: datetime = WHILE_OPEN, window: str = "one"):
    """Write answers over whatever stands."""
    held = queries.revisions_of(file)
    saves = [actions.Save(path, value, held[path].revision if path in held else 0) for path, value in answers.items()]
    return actions.save_answers(application=file.pk, saves=saves, by=person, at=at, window=window)


def attach_all(file: Application, person: User, at: datetime = WHILE_OPEN) -> None:
    """The required documents, as the vault notes them."""
    for code in ("statutes", "accounts"):
        document = actions.store_document(
            body=file.body, title=code, file_name=f"{code}.pdf", media_type="application/pdf", size=100,
            sha256=code.ljust(64, "0"), scanned=False, by=person, at=at,
        )  # fmt: skip
        actions.attach_document(file=file, document=document, code=code, by=person, at=at)


def whole(call: Call, body: ApplicantBody, person: User, at: datetime = WHILE_OPEN) -> Application:
    """A file that could be sent."""
    file = begun(call, body, person, at)
    write(file, person, WHOLE, at=at)
    attach_all(file, person, at)
    return file


def sent(call: Call, body: ApplicantBody, person: User, at: datetime = WHILE_OPEN) -> Application:
    """A file that was sent a minute after it was whole."""
    file = whole(call, body, person, at)
    actions.send_file(application=file.pk, by=person, at=at + timedelta(minutes=1), language="fr")
    file.refresh_from_db()
    return file


def timezone_now() -> datetime:
    """The moment it is, for what the server's own clock judges."""
    return datetime.now(UTC)


def content_now(call: Call) -> dict[str, Any]:
    """A call's content as it stands."""
    return content_of(Call.objects.select_related("subject").get(pk=call.pk))


def amend(call: Call, content: dict[str, Any], by: User, at: datetime = WHILE_OPEN) -> Call:
    record = Call.objects.select_related("subject").get(pk=call.pk)
    taken = take_apart(Call, content)
    return actions.amend_call(
        record=record, entry=taken.entry, facts=taken.facts, seen_revision=record.subject.revision, by=by, at=at
    )


def label_given(call: Call, body: ApplicantBody, by: User, day: date) -> Label:
    """The mark a call gives with a grant of a file of this body, decided on a day."""
    holder = record_of(body, by=by, at=OPENS)
    moments = {"entered_at": OPENS, "amended_at": OPENS, "entered_by": by, "amended_by": by}
    decision = Subject.objects.create(key="vote", noun="decision", **moments)
    entry = Entry("grant-of-label", "call", texts={"title": {"en": "Quay"}})
    facts = {"beneficiary": holder.key, "state": "awarded", "year": day.year, "currency": "EUR"}
    grant = actions.enter_grant(entry=entry, facts=facts, by=by, at=OPENS)
    title = {"en": "Quay"}
    given = actions.give_mark(grant=grant, call=call, title=title, decision=decision, day=day, by=by, at=OPENS)
    assert given is not None
    return given
