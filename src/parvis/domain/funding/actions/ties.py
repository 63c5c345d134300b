"""Looking for ties: who may not touch which file, what is set aside because of it, and what the minutes tell of it.

A tie is looked for again at each turn of a file. What is found is kept even where the act itself is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding.enums import (
    FEWEST_REVIEWS,
    ApplicationState,
    InterestGround,
    LookOccasion,
    ReviewState,
    TieKind,
)
from parvis.domain.funding.errors import NothingWritten
from parvis.domain.funding.errors.choosing import ConcernsYou, GrantConcernsYou
from parvis.domain.funding.models import (
    Application,
    ApplicationStep,
    Call,
    EmergencyRequest,
    Grant,
    Interest,
    InterestLook,
    PersonLook,
    Review,
    ReviewerTie,
)
from parvis.domain.funding.queries.interests import Tie, interests
from parvis.domain.funding.queries.limits import own_domains
from parvis.domain.funding.queries.ties import (
    GIVEN,
    OFFICE,
    applicants_of,
    askers,
    emergencies_of_concern,
    grants_of_concern,
    known_interests,
    members_who_decide,
    people_who_act,
    persons,
)
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal import actions as journal

from .naming import name_of

_S = ApplicationState
#: States in which a file rests on its readings: it goes back to its readers when too few of these stand.
_RESTING = (_S.RANKED, _S.WAITING, _S.PROPOSED)
#: Occasions at which one person or one body is looked at: the minutes tell of them only where something was found.
_OF_ONE = (
    LookOccasion.ACT, LookOccasion.DECLARED, LookOccasion.PERSON, LookOccasion.RETURNED, LookOccasion.BODY,
    LookOccasion.HISTORY,
)  # fmt: skip
#: Roles that come to files: the office, and those who read without names.
_LOOKED_AT = (*OFFICE, Role.REVIEWER)
#: How many files are looked at together: what they say is in memory meanwhile.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found: pairs of file and person that are closed, and what was done."""

    barred: frozenset[tuple[str, int]]
    found: tuple[Interest, ...] = ()
    set_aside: int = 0
    put_back: int = 0


@transaction.atomic
def look_for_ties(
    *,
    call: Call,
    files: Sequence[Application],
    people: Sequence[User],
    occasion: LookOccasion,
    by: User,
    at: datetime,
) -> Looked:
    """Look for every tie between these people and those who ask; close, set aside, put back, and note it all."""
    known = known_interests(files)
    seen = {(one.application_id, one.person_id, one.ground) for one in known}
    day = local_day(at)
    watched = persons(people, day)
    asked = askers(files)
    office = {person.pk for person in people if person.role in OFFICE}
    shared = own_domains() if office else frozenset()
    found = [
        Interest(
            application_id=file.pk, person_id=person.pk, ground=one.ground, words=one.words, stated_at=at, stated_by=by
        )
        for file in files
        for person in watched
        for one in interests(person, asked[file.pk], shared=shared if person.pk in office else frozenset())
        if (file.pk, person.pk, one.ground.value) not in seen
    ]
    if occasion not in _OF_ONE:
        found += _members(files, known, at=at, by=by)
    Interest.objects.bulk_create(found, ignore_conflicts=True)  # another look may have found the same meanwhile
    set_aside, back = _acted_upon(found, by=by, at=at)
    if found or occasion not in _OF_ONE:
        InterestLook.objects.create(
            call=call, occasion=occasion, files=len(files), people=len(people), found=len(found),
            set_aside=set_aside, put_back=back, looked_at=at, looked_by=by,
        )  # fmt: skip
        journal.write(
            "ties looked for", about=f"call:{call.pk}", by=by, at=at, occasion=occasion, files=len(files),
            people=len(people), found=len(found), set_aside=set_aside, put_back=back,
        )  # fmt: skip
    everyone = [*known, *found]
    barred = frozenset((str(one.application_id), one.person_id) for one in everyone if one.person_id)
    return Looked(barred, tuple(found), set_aside, back)


def _members(files: Sequence[Application], known: Iterable[Interest], *, at: datetime, by: User) -> list[Interest]:
    """Members of the deciding body whom a file concerns, by the register."""
    day = local_day(at)
    named = {(one.application_id, one.holder_id) for one in known}
    found: dict[tuple[UUID, int], Interest] = {}
    for file, person, words in members_who_decide(files, day):
        if (file.pk, person.pk) not in named:
            found[file.pk, person.pk] = Interest(
                application=file, holder=person, ground=InterestGround.MANDATE, words=words[:1000],
                stated_at=at, stated_by=by,
            )  # fmt: skip
    return list(found.values())


def _acted_upon(found: Collection[Interest], *, by: User, at: datetime) -> tuple[int, int]:
    """Set aside the readings that ties touch, and put files back that too few readings are left of."""
    set_aside, touched = 0, []
    for file, person in dict.fromkeys((one.application_id, one.person_id) for one in found if one.person_id):
        rows = Review.objects.filter(application=file, reviewer=person).standing().update(state=ReviewState.SET_ASIDE)
        set_aside += rows
        if rows:
            touched.append(file)
    if not touched:
        return 0, 0
    return set_aside, _put_back(touched, by=by, at=at)


def _put_back(files: Collection[UUID], *, by: User, at: datetime) -> int:
    """Files that rested on readings now set aside go back to their readers, whatever their workflow says."""
    held = Application.objects.filter(pk__in=files, state__in=_RESTING).order_by("pk").select_for_update(of=("self",))
    left = Counter(Review.objects.signed().filter(application__in=files).values_list("application", flat=True))
    back = [file for file in held if left[file.pk] < FEWEST_REVIEWS]
    for file in back:
        step_of_the_house(file, _S.UNDER_REVIEW, _("A tie was found: a reading is set aside."), by=by, at=at)
    return len(back)


def step_of_the_house(file: Application, state: ApplicationState, reason: str, *, by: User, at: datetime) -> None:
    """A step that no workflow has to foresee: what a tie, or a selection withdrawn, makes of a file."""
    ApplicationStep.objects.create(
        application=file, code="put-back", comes_from=file.state, goes_to=state, reason=reason, taken_at=at, taken_by=by
    )
    file.state = state
    file.save(update_fields=["state"])
    journal.write(f"application {state}", about=name_of(file), by=by, at=at)


def look_at_call(*, call: Call, occasion: LookOccasion, by: User, at: datetime) -> Looked:
    """Look at every file the office has under a call, and at everybody who may act on it."""
    files = list(call.applications.received().select_related("body"))
    with transaction.atomic():
        looked = look_for_ties(call=call, files=files, people=people_who_act(call), occasion=occasion, by=by, at=at)
        _shown_from_now([file for file in files if file.looked_at is None], at)
    return looked


def look_at_arrivals(*, by: User, at: datetime, most: int | None = None) -> int:
    """Look at the files that arrived since the last look: none is shown in the office before.

    ``most`` is how many a page has the time for; the outbox's clock sees to the others, and two looks at once never
    take the same files.
    """
    looked = 0
    if not Application.objects.just_arrived().exists():
        return looked  # as most pages find it
    while most is None or looked < most:
        some = _look_at_some(_AT_ONCE if most is None else min(_AT_ONCE, most - looked), by, at)
        if not some:
            break
        looked += some
    return looked


@transaction.atomic
def _look_at_some(most: int, by: User, at: datetime) -> int:
    waiting = Application.objects.just_arrived().select_related("body", "call").order_by("call", "pk")
    files = list(waiting.select_for_update(of=("self",), no_key=True, skip_locked=True)[:most])
    for call in dict.fromkeys(file.call for file in files):
        mine = [file for file in files if file.call_id == call.pk]
        look_for_ties(call=call, files=mine, people=people_who_act(call), occasion=LookOccasion.ARRIVAL, by=by, at=at)
        _shown_from_now(mine, at)
    return len(files)


def _shown_from_now(files: Sequence[Application], at: datetime) -> None:
    """Files whose ties were looked for stand in the lists of the office."""
    if files:
        Application.objects.filter(pk__in=[file.pk for file in files]).update(looked_at=at)


def look_at_return(*, file: Application, by: User, at: datetime) -> None:
    """Look at a file that comes back to the office, as it says now: what is new in it closes it before it is shown."""
    _look_from_outside(file.call, [file], LookOccasion.RETURNED, by, at)


def look_at_past(*, grants: Collection[Grant], by: User, at: datetime) -> None:
    """Look at the files of those these grants tell of, at once: of who received them, and of who shared a project.

    A grant that is asked for, refused or cancelled ties nobody to anything: no look would find more than the last.
    """
    given = [grant for grant in grants if grant.state in GIVEN]
    if not given or not Application.objects.received().exists():
        return  # an answer of the council, or a city that is being loaded
    bodies = applicants_of(given)
    if bodies:
        look_at_bodies(bodies=bodies, by=by, at=at, occasion=LookOccasion.HISTORY)


def look_at_address(*, person: User, at: datetime) -> None:
    """Look at the files of the bodies a person acts for, once their address is another."""
    bodies = list(person.bodies.values_list("body", flat=True))
    look_at_bodies(bodies=bodies, by=person, at=at, occasion=LookOccasion.PERSON)


def look_at_bodies(
    *, bodies: Collection[int], by: User, at: datetime, occasion: LookOccasion = LookOccasion.BODY
) -> None:
    """Look at every file of these bodies the office has, once somebody joined them or they are known otherwise."""
    by_call: dict[Call, list[Application]] = {}
    for file in Application.objects.received().filter(body__in=bodies).select_related("body", "call"):
        by_call.setdefault(file.call, []).append(file)
    for call, held in by_call.items():
        _look_from_outside(call, held, occasion, by, at)


def _look_from_outside(
    call: Call, files: Sequence[Application], occasion: LookOccasion, by: User, at: datetime
) -> None:
    """A look that an applicant's act calls for; what it writes is for the office, in the office's language."""
    with override(settings.LANGUAGE_CODE):
        look_for_ties(call=call, files=files, people=people_who_act(call), occasion=occasion, by=by, at=at)


def look_at_newcomer(*, by: User, at: datetime) -> bool:
    """Look at one person and every file they may come to, unless that was done since their account last changed.

    Files that just arrived are in nobody's lists yet: they are looked at for everybody, and so for this person.
    """
    known_as = _known_as(by)
    if by.role not in _LOOKED_AT or PersonLook.objects.filter(person=by, known_as=known_as).exists():
        return False
    with transaction.atomic():
        shown = _files_before(by).filter(looked_at__isnull=False)
        _look_at_all(by, shown, LookOccasion.PERSON, at)
        told = {"known_as": known_as, "looked_at": at}
        PersonLook.objects.update_or_create(person=by, defaults=told)
    return True


def look_at_newcomers(*, at: datetime) -> int:
    """Look at everybody who came to the office, or whose account changed, before they open their first page."""
    known = dict(PersonLook.objects.values_list("person", "known_as"))
    people = User.objects.filter(role__in=_LOOKED_AT, is_active=True).order_by("pk")
    return sum(look_at_newcomer(by=one, at=at) for one in people if known.get(one.pk) != _known_as(one))


def _known_as(person: User) -> str:
    return journal.digest_of({"role": person.role, "email": person.email, "name": person.get_full_name()})


def look_before_acting(*, file: Application, by: User, at: datetime) -> None:
    """Look at one person and one file before they act on it. What is found stays, and raises ConcernsYou."""
    unconcerned_by(file, by)
    looked = look_for_ties(call=file.call, files=[file], people=[by], occasion=LookOccasion.ACT, by=by, at=at)
    if (str(file.pk), by.pk) in looked.barred:
        raise ConcernsYou


def unconcerned_by(file: Application, by: User) -> None:
    """Pass, or raise ConcernsYou."""
    if file.interests.filter(person=by).exists():
        raise ConcernsYou


def unconcerned_by_grant(grant: Grant, by: User, at: datetime) -> None:
    """Pass, or raise GrantConcernsYou: a grant whose body a person is tied to is acted on by a colleague."""
    if grants_of_concern([grant], by, local_day(at)):
        raise GrantConcernsYou


def unconcerned_by_emergency(request: EmergencyRequest, by: User, at: datetime) -> None:
    """Pass, or raise GrantConcernsYou: what a body asks for in a crisis is answered by nobody who is tied to it."""
    if emergencies_of_concern([request], by, local_day(at)):
        raise GrantConcernsYou


def local_day(at: datetime) -> date:
    return timezone.localtime(at, timezone.get_default_timezone()).date()


@transaction.atomic
def declare_ties(*, person: User, ties: Sequence[Tie], at: datetime) -> list[ReviewerTie]:
    """Say anew what ties a person to bodies. What was declared before is erased: it is their life.

    Every file of the office that these ties touch is closed to them at once, whatever its state; their readings of
    it are set aside, and the minutes say so.
    """
    person.ties.all().delete()
    rows = [
        ReviewerTie(
            person=person, kind=TieKind(tie.kind), name=tie.name.strip(), number=tie.number.strip(), declared_at=at
        )
        for tie in ties
        if tie.name.strip() or tie.number.strip()
    ]
    journal.write("ties declared", about=f"account:{person.pk}", by=person, at=at, count=len(rows))
    declared = ReviewerTie.objects.bulk_create(rows)
    _look_at_all(person, _files_before(person), LookOccasion.DECLARED, at)
    return declared


def _files_before(person: User) -> QuerySet[Application]:
    """Files a person may come to: all of the office, or those of the calls they were asked to read."""
    files = Application.objects.received()
    return files if person.role in OFFICE else files.filter(call__reviewers__person=person)


def _look_at_all(person: User, files: QuerySet[Application], occasion: LookOccasion, at: datetime) -> None:
    """Look at one person and all of these files, call by call."""
    by_call: dict[Call, list[Application]] = {}
    for file in files.select_related("body", "call"):
        by_call.setdefault(file.call, []).append(file)
    for call, held in by_call.items():
        for first in range(0, len(held), _AT_ONCE):
            look_for_ties(
                call=call, files=held[first : first + _AT_ONCE], people=[person], occasion=occasion, by=person, at=at
            )


@transaction.atomic
def declare_interest(*, application: Application, words: str, by: User, at: datetime) -> Interest:
    """Say that a file concerns oneself: it is closed to them everywhere, for good. Raises NothingWritten."""
    if not words.strip():
        raise NothingWritten
    interest, new = Interest.objects.get_or_create(
        application=application,
        person=by,
        ground=InterestGround.DECLARED,
        defaults={"words": words.strip(), "stated_at": at, "stated_by": by},
    )
    if new:
        set_aside, back = _acted_upon([interest], by=by, at=at)
        InterestLook.objects.create(
            call=application.call, occasion=LookOccasion.DECLARED, files=1, people=1, found=1,
            set_aside=set_aside, put_back=back, looked_at=at, looked_by=by,
        )  # fmt: skip
        journal.write("interest declared", about=name_of(application), by=by, at=at)
    return interest
