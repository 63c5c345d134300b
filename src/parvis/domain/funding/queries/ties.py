"""What the register, the ledger and the counter tell of a person's ties to the bodies that ask, in few questions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from parvis.domain.council.models import Decision
from parvis.domain.directory.models import Body, Holding
from parvis.domain.directory.queries import all_holdings
from parvis.domain.funding.enums import BodyScheme, FieldType, GrantState, TieKind
from parvis.domain.funding.models import (
    Answer,
    ApplicantBody,
    Application,
    Call,
    ConventionSignature,
    EmergencyRequest,
    Grant,
    Interest,
    ReportSheet,
    ReviewerTie,
    Submission,
)
from parvis.domain.funding.queries.files import form_read
from parvis.domain.funding.queries.forms import Form
from parvis.domain.funding.queries.interests import Asker, Named, Past, Person, Seat, Tie, interests
from parvis.domain.funding.queries.limits import funding_rule, own_domains
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.text import fold
from parvis.register.models import Name, Subject, Text
from parvis.register.ordering import known_date

#: Roles of the office: those who read, instruct, select, pay and decide.
OFFICE = (Role.READER, Role.OFFICER, Role.FINANCE, Role.PUBLISHER, Role.ADMINISTRATOR)
#: States in which a grant is one of the past: money was given.
GIVEN = (GrantState.AWARDED, GrantState.CLOSED)
#: Signs of a folded name that the register keeps.
_FOLDED = 200
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def people_who_act(call: Call) -> list[User]:
    """Everybody who may act on files of a call: its reviewers, and all of the office."""
    return list(
        User.objects.filter(Q(role__in=OFFICE) | Q(calls_to_read__call=call), is_active=True).distinct().order_by("pk")
    )


def persons(users: Sequence[User], on: date) -> list[Person]:
    """People as far as ties go: what they declared, the offices they hold or held lately, whom they acted for."""
    pks = [user.pk for user in users]
    ties: dict[int, list[Tie]] = defaultdict(list)
    for tie in ReviewerTie.objects.filter(person__in=pks):
        ties[tie.person_id].append(Tie(tie.kind, tie.name, tie.number))
    borne = {
        user.pk: {fold(user.get_full_name()), *(fold(tie.name) for tie in ties[user.pk] if tie.kind == TieKind.NAME)}
        - {""}
        for user in users
    }
    seats = _seats_by_name(frozenset().union(*borne.values()), on)
    acted, records = _acted_for(pks)
    found = []
    for user in users:
        held = tuple(seat for name in sorted(borne[user.pk]) for seat in seats.get(name, ()))
        found.append(
            Person(
                user.pk, user.email, tuple(ties[user.pk]), held,
                frozenset(acted[user.pk]), frozenset(records[user.pk]),
            )
        )  # fmt: skip
    return found


def _lately(holding: Holding, on: date) -> bool:
    """Whether an office is held, or was within the years that the city looks back on."""
    years = int(funding_rule("interest_years", on).value)
    start, end = known_date(holding.valid_from), known_date(holding.valid_to)
    if start and start.earliest and start.earliest > on:
        return False
    return not (end and end.latest and end.latest < date(on.year - years, on.month, min(on.day, 28)))


def _seats(on: date, holders: Collection[int] | None = None) -> list[tuple[Subject, Seat]]:
    """Every office held lately, with its holder; ``holders`` asks for the offices of these people alone."""
    holdings = all_holdings() if holders is None else all_holdings().filter(person__in=holders)
    rows = [one for one in holdings if one.owner.body is not None and _lately(one, on)]
    bodies = named({one.owner.body_id for one in rows})
    titles = _titles({one.owner_id for one in rows})
    return [
        (one.person, Seat(bodies[one.owner.body_id], titles.get(one.owner_id) or one.owner.key))
        for one in rows
        if one.owner.body_id in bodies
    ]


def _seats_by_name(names: Collection[str], on: date) -> dict[str, list[Seat]]:
    """The offices of those who bear one of these folded names, by name."""
    bearers = _bearers(names) if names else {}
    found: dict[str, list[Seat]] = defaultdict(list)
    for person, seat in _seats(on, bearers) if bearers else ():
        for name in sorted(bearers[person.pk]):
            found[name].append(seat)
    return found


def _bearers(names: Collection[str]) -> dict[int, set[str]]:
    """Holders of offices who bear one of these folded names, each with those they bear.

    Other names are kept folded; titles are not, and are read alone, without their offices.
    """
    holders = Holding.objects.order_by().values("person")
    found: dict[int, set[str]] = defaultdict(set)
    other = Name.objects.filter(folded__in={name[:_FOLDED] for name in names}, subject__in=holders)
    titles = Text.objects.filter(field="title", subject__in=holders)
    for rows in (other.values_list("subject", "text"), titles.values_list("subject", "body")):
        for person, text in rows.order_by():
            if (folded := fold(text)) in names:
                found[person].add(folded)
    return found


def _acted_for(pks: Collection[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The applicants each person began or sent a file for, and the beneficiaries they signed or accounted for."""
    acted: dict[int, set[int]] = defaultdict(set)
    records: dict[int, set[int]] = defaultdict(set)
    begun = Application.objects.filter(begun_by__in=pks).order_by().values_list("begun_by", "body")
    sent = Submission.objects.filter(sent_by__in=pks).order_by().values_list("sent_by", "application__body")
    for person, body in begun.union(sent):
        acted[person].add(body)
    signed = ConventionSignature.objects.filter(person__in=pks, paper__convention__grant__beneficiary__isnull=False)
    told = ReportSheet.objects.filter(sent_by__in=pks, grant__beneficiary__isnull=False)
    for person, body in (
        signed.order_by()
        .values_list("person", "paper__convention__grant__beneficiary")
        .union(told.order_by().values_list("sent_by", "grant__beneficiary"))
    ):
        records[person].add(body)
    return acted, records


def named(records: Collection[int]) -> dict[int, Named]:
    """Bodies of the register by all that tells them."""
    if not records:
        return {}
    names = _all_names(records)
    numbers = {
        pk: tuple(str(number) for number in (identifiers or {}).values())
        for pk, identifiers in Body.objects.filter(subject__in=records).values_list("subject", "identifiers")
    }
    return {pk: Named(pk, tuple(sorted(names.get(pk, ()))), numbers.get(pk, ())) for pk in records}


def _all_names(records: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, text in (
        *Name.objects.filter(subject__in=records).values_list("subject", "text"),
        *Text.objects.filter(subject__in=records, field="title").values_list("subject", "body"),
    ):
        found[pk].add(text)
    return found


def _titles(records: Collection[int]) -> dict[int, str]:
    """One title each, French first: minutes are written in the language of the council."""
    rows = Text.objects.filter(subject__in=records, field="title").values_list("subject", "language", "body")
    first = sorted(rows, key=lambda row: (row[1] != "fr", row[1]), reverse=True)
    return {pk: body for pk, _language, body in first}


def askers(files: Sequence[Application], *, addresses: bool = True) -> dict[UUID, Asker]:
    """The bodies behind files as far as ties go. ``addresses`` reads what the files say, for addresses and emails."""
    if not files:
        return {}
    bodies = {file.body_id: file.body for file in files}
    records = _records_of(bodies)
    told = named(set().union(*records.values()))
    grants = _past_grants(set(told))
    people: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = User.objects.filter(bodies__body__in=bodies).values_list("bodies__body", "pk", "email")
    for body, person, email in rows:
        people[body].append((person, email))
    written, partners = _written(files) if addresses else ({}, {})
    found = {}
    for file in files:
        mine = [told[pk] for pk in sorted(records[file.body_id])]
        texts = tuple(written.get(file.pk, ()))
        found[file.pk] = Asker(
            names=(file.body.name, *(name for one in mine for name in one.names)),
            numbers=(file.body.number, *(number for one in mine for number in one.numbers)),
            people=frozenset(person for person, _email in people[file.body_id]),
            emails=(
                *(email for _person, email in people[file.body_id]),
                *(email for text in texts if "@" in text for email in _ADDRESS.findall(text)),
            ),
            written=texts,
            body=file.body_id,
            records=frozenset(records[file.body_id]),
            grants=tuple(grant for one in mine for grant in grants.get(one.record, ())),
            partners=tuple(partners.get(file.pk, ())),
        )
    return found


def askers_of_records(records: Collection[int]) -> dict[int, Asker]:
    """Bodies known by their records, where grants came without any file; with their people, if they have an account."""
    told, grants = named(records), _past_grants(records)
    people: dict[int, dict[int, str]] = defaultdict(dict)
    rows = User.objects.filter(bodies__body__record__in=records)
    for record, person, email in rows.values_list("bodies__body__record", "pk", "email"):
        people[record][person] = email
    return {
        pk: Asker(
            one.names, one.numbers, frozenset(people[pk]), tuple(people[pk].values()), records=frozenset({pk}),
            grants=tuple(grants.get(pk, ())),
        )
        for pk, one in told.items()
    }  # fmt: skip


def askers_of_emergencies(requests: Sequence[EmergencyRequest]) -> dict[int, Asker]:
    """The bodies that ask for emergency aid, without any file: what they say is the purpose and the place."""
    bodies = {one.body_id: one.body for one in requests}
    records = _records_of(bodies)
    every = set().union(*records.values())
    told, grants = named(every), _past_grants(every)
    people: dict[int, dict[int, str]] = defaultdict(dict)
    rows = User.objects.filter(bodies__body__in=bodies).values_list("bodies__body", "pk", "email")
    for body, person, email in rows:
        people[body][person] = email
    found = {}
    for one in requests:
        mine, written = sorted(records[one.body_id]), (one.purpose, one.place)
        theirs = people[one.body_id]
        found[one.pk] = Asker(
            names=(one.body.name, *(name for pk in mine for name in told[pk].names)),
            numbers=(one.body.number, *(number for pk in mine for number in told[pk].numbers)),
            people=frozenset(theirs),
            emails=(*theirs.values(), *(email for text in written for email in _ADDRESS.findall(text))),
            written=written,
            body=one.body_id,
            records=frozenset(mine),
            grants=tuple(grant for pk in mine for grant in grants.get(pk, ())),
        )
    return found


def emergencies_of_concern(requests: Iterable[EmergencyRequest], user: User, on: date) -> set[int]:
    """Those of these requests for emergency aid that a person of the office is tied to."""
    held = list(requests)
    if not held:
        return set()
    [person] = persons([user], on)
    shared = own_domains()
    return {pk for pk, asker in askers_of_emergencies(held).items() if interests(person, asker, shared=shared)}


def grants_of_concern(grants: Iterable[Grant], user: User, on: date) -> set[int]:
    """Those of these grants that concern a person: by what is known of their files, or by a tie to their bodies."""
    held = {grant.pk: grant for grant in grants}
    files = {grant.file for grant in held.values() if grant.file}
    mine = Interest.objects.filter(application__number__in=files, person=user) if files else Interest.objects.none()
    known = set(mine.values_list("application__number", flat=True))
    found = {pk for pk, grant in held.items() if grant.file in known}
    bodies = {grant.beneficiary_id for grant in held.values() if grant.beneficiary_id}
    if not bodies or user.role not in OFFICE:
        return found
    [person] = persons([user], on)
    shared = own_domains()
    tied = {pk for pk, asker in askers_of_records(bodies).items() if interests(person, asker, shared=shared)}
    return found | {pk for pk, grant in held.items() if grant.beneficiary_id in tied}


def _records_of(bodies: dict[int, ApplicantBody]) -> dict[int, set[int]]:
    """The records of applicants: the one each is tied to, and those that bear its number."""
    found = {pk: {body.record_id} if body.record_id else set() for pk, body in bodies.items()}
    by_number: dict[tuple[str, str], list[int]] = defaultdict(list)
    for scheme in BodyScheme.values:
        numbers = [body.number for body in bodies.values() if body.scheme == scheme]
        rows = Body.objects.filter(**{f"identifiers__{scheme}__in": numbers}) if numbers else ()
        for row in rows:
            by_number[scheme, str(row.identifiers[scheme])].append(row.pk)
    for pk, body in bodies.items():
        found[pk] |= set(by_number[body.scheme, body.number])
    return found


def applicants_of(grants: Collection[Grant]) -> list[int]:
    """Applicants that grants tell of: who received them, and who received others for the same projects."""
    records = {grant.beneficiary_id for grant in grants} - {None}
    projects = {grant.project_id for grant in grants} - {None}
    if projects:
        shared = Grant.objects.filter(project__in=projects, beneficiary__isnull=False)
        records |= set(shared.values_list("beneficiary", flat=True))
    if not records:
        return []
    numbers = defaultdict(list)
    for told in Body.objects.filter(subject__in=records).values_list("identifiers", flat=True):
        for scheme, number in (told or {}).items():
            numbers[scheme].append(str(number))
    named_so = Q(record__in=records)
    for scheme in BodyScheme.values:
        if numbers[scheme]:
            named_so |= Q(scheme=scheme, number__in=numbers[scheme])
    return list(ApplicantBody.objects.filter(named_so).values_list("pk", flat=True))


def _written(files: Iterable[Application]) -> tuple[dict[UUID, list[str]], dict[UUID, list[str]]]:
    """What files say in words, and whom they name in lines of partners: short answers of lines that are no money."""
    forms = {file.pk: file.form_id for file in files}
    found: dict[UUID, list[str]] = defaultdict(list)
    partners: dict[UUID, list[str]] = defaultdict(list)
    rows = Answer.objects.filter(application__in=list(forms)).values_list("application", "field", "value")
    for file, path, value in rows:
        if isinstance(value, str):
            found[file].append(value)
            if "." in path and _names_a_partner(form_read(forms[file]), path):
                partners[file].append(value)
    return found, partners


def _names_a_partner(form: Form, path: str) -> bool:
    lines, _dot, rest = path.partition(".")
    question, column = form.question(lines), form.question(rest.partition(".")[2])
    return (
        question is not None and question.type == FieldType.ROWS and not question.plan
        and column is not None and column.type == FieldType.TEXT
    )  # fmt: skip


def _past_grants(records: Collection[int]) -> dict[int, list[Past]]:
    """Grants each of these bodies was given, of the ledger and of history, the latest first."""
    if not records:
        return {}
    rows = list(
        Grant.objects.filter(beneficiary__in=records, state__in=GIVEN)
        .select_related("subject")
        .order_by("-year", "subject__key")
    )
    titles = _all_names({row.pk for row in rows})
    projects = {row.project_id for row in rows} - {None}
    shared: dict[int, set[int]] = defaultdict(set)
    parts = Grant.objects.filter(project__in=projects, state__in=GIVEN, beneficiary__isnull=False)
    for project, body in parts.values_list("project", "beneficiary"):
        shared[project].add(body)
    others = named(set().union(*shared.values()) if shared else set())
    found: dict[int, list[Past]] = defaultdict(list)
    for row in rows:
        said = min(titles.get(row.pk, {row.key}))
        beside = shared.get(row.project_id, set()) - {row.beneficiary_id} if row.project_id else set()
        found[row.beneficiary_id or 0].append(
            Past(
                f"{row.year} · {said}"[:200],
                (row.key, row.file, *titles.get(row.pk, ())),
                tuple(others[pk] for pk in sorted(beside)),
            )
        )
    return found


def members_who_decide(files: Sequence[Application], on: date) -> list[tuple[Application, Subject, str]]:
    """Members of a body that decides who hold an office in a body that asks: file, person, and which office."""
    deciding = set(Decision.objects.values_list("body", flat=True)) - {None}
    deciding |= set(Body.objects.filter(subject__in=deciding).values_list("parent", flat=True)) - {None}
    seats = _seats(on)
    members = {person.pk for person, seat in seats if seat.body.record in deciding}
    told = askers(files, addresses=False)
    found = []
    for file in files:
        for person, seat in seats:
            if person.pk in members and seat.body.record in told[file.pk].records:
                found.append((file, person, seat.words))
    return found


def known_interests(files: Sequence[Application]) -> list[Interest]:
    return list(Interest.objects.filter(application__in=[file.pk for file in files]))
