"""A convention or its amendment put up for signature, signed by its beneficiary at the counter, then by the city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.directory.models import Office
from parvis.domain.directory.queries import holder
from parvis.domain.funding.enums import MAY_SIGN, SignatureWay
from parvis.domain.funding.errors import (
    AlreadySigned,
    NoConvention,
    NotMember,
    PaperChanged,
    SignerUnnamed,
    StepHeldBack,
)
from parvis.domain.funding.models import (
    Amendment,
    CitySignature,
    Convention,
    ConventionPaper,
    ConventionSignature,
    Grant,
    OutgoingEmail,
    VaultDocument,
)
from parvis.domain.funding.queries import (
    application_of,
    beneficiary_of,
    convention_of,
    may_sign_for,
    paper_to_sign,
)
from parvis.domain.funding.rules import may_sign_for_city
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.rules import allow_act
from parvis.foundation.journal import actions as journal
from parvis.register.models import Subject
from parvis.register.reading import day_said

from .amendments import sign_amendment
from .awards import locked_award
from .conventions import sign_convention
from .post import leaves_after


@dataclass(frozen=True, slots=True)
class Signable:
    """What is signed: the convention of a grant, or an amendment of it; with the paper put up of it."""

    convention: Convention
    amendment: Amendment | None
    paper: ConventionPaper | None

    @property
    def signed(self) -> bool:
        held = self.amendment or self.convention
        return held.signed is not None

    def named(self) -> str:
        """What it is called where people are written to."""
        number = {"number": self.convention.number}
        return (_("The amendment of convention %(number)s") if self.amendment else _("Convention %(number)s")) % number


def _signable(grant: Grant, amendment: Amendment | None) -> Signable:
    """What is to be signed of a grant under lock. Raises NoConvention, and StepHeldBack for what was given up."""
    convention = convention_of(grant)
    if convention is None:
        raise NoConvention
    if amendment is not None:
        amendment = convention.amendments.get(pk=amendment.pk)
        if amendment.given_up:
            raise StepHeldBack(why=_("This amendment was given up on %(day)s.") % {"day": day_said(amendment.given_up)})
    return Signable(convention, amendment, paper_to_sign(grant, amendment))


@transaction.atomic
def put_up_for_signature(
    *, grant: Grant, sha256: str, size: int, by: User, at: datetime, amendment: Amendment | None = None
) -> ConventionPaper:
    """Put the paper of a convention, or of its amendment, up for signature; those who may sign are written to.

    The same paper put up again changes nothing. Raises NoConvention and AlreadySigned.
    """
    held = locked_award(grant)
    told = _signable(held, amendment)
    if told.signed or hasattr(told.paper, "signature"):
        raise AlreadySigned
    if told.paper and told.paper.sha256 == sha256:
        return told.paper
    paper = ConventionPaper.objects.create(
        convention=told.convention, amendment=told.amendment, sha256=sha256, size=size, put_up_at=at, put_up_by=by
    )
    journal.write(f"{_WHAT[bool(amendment)]} put up for signature", about=held.key, by=by, at=at, content=sha256)
    tell_beneficiary(held, lambda: _("%(paper)s waits for your signature") % {"paper": told.named()}, at)
    return paper


#: What is signed, as the journal names it.
_WHAT = {False: "convention", True: "amendment"}


@transaction.atomic
def sign_for_beneficiary(
    *,
    grant: Grant,
    seen: str,
    name: str,
    capacity: str,
    language: str,
    by: User,
    at: datetime,
    copy: VaultDocument | None = None,
    amendment: Amendment | None = None,
) -> ConventionSignature:
    """Sign the paper that was seen, by its digest; or lay down the copy of one signed by hand.

    Raises NotMember, PaperChanged, AlreadySigned, SignerUnnamed.
    """
    held = locked_award(grant)
    told = _signable(held, amendment)
    paper = told.paper
    if paper is None:
        raise NoConvention
    if not may_sign_for(by, held):
        raise NotMember
    if hasattr(paper, "signature") or told.signed:
        raise AlreadySigned
    if paper.sha256 != seen:
        raise PaperChanged
    if not name.strip() or not capacity.strip():
        raise SignerUnnamed
    signature = ConventionSignature.objects.create(
        paper=paper, way=SignatureWay.COPY if copy else SignatureWay.ELECTRONIC, person=by, name=name.strip(),
        capacity=capacity.strip(), signed_at=at, language=language, copy=copy,
    )  # fmt: skip
    said = {"content": paper.sha256, **({"copy": copy.sha256} if copy else {})}
    journal.write(f"{_WHAT[bool(amendment)]} signed by its beneficiary", about=held.key, by=by, at=at, **said)
    return signature


@transaction.atomic
def sign_for_city(
    *,
    grant: Grant,
    seen: str,
    name: str,
    capacity: str,
    by: User,
    at: datetime,
    office: Subject | None = None,
    delegation: Subject | None = None,
    amendment: Amendment | None = None,
) -> CitySignature:
    """Sign for the city the very paper its beneficiary signed, by its digest; from then on it may be paid.

    Whoever speaks for the city signs; in the place of an office holder, by the decision that delegates the signature.
    Raises BindsTheCity, NoConvention, StepHeldBack, PaperChanged, SignerUnnamed, besides what ``sign_convention``
    refuses.
    """
    allow_act(by, may_sign_for_city, _("Signature of a convention"))
    held = locked_award(grant)
    told = _signable(held, amendment)
    day = timezone.localtime(at, timezone.get_default_timezone()).date()
    paper = _paper_for_the_city(told, seen)
    if not name.strip() or not capacity.strip():
        raise SignerUnnamed
    if why := _not_delegated(office, delegation, day):
        raise StepHeldBack(why=why)
    signature = CitySignature.objects.create(
        paper=paper, person=by, name=name.strip(), capacity=capacity.strip(), office=office, delegation=delegation,
        sha256=paper.sha256, signed_at=at,
    )  # fmt: skip
    journal.write(f"{_WHAT[bool(amendment)]} signed for the city", about=held.key, by=by, at=at, content=paper.sha256)
    if told.amendment:
        sign_amendment(amendment=told.amendment, signed=day, by=by, at=at)
    else:
        sign_convention(grant=held, signed=day, by=by, at=at)
    tell_beneficiary(held, lambda: _("%(paper)s is signed by the City") % {"paper": told.named()}, at)
    return signature


def _paper_for_the_city(told: Signable, seen: str) -> ConventionPaper:
    """The paper the city signs. Raises NoConvention, StepHeldBack, PaperChanged and AlreadySigned."""
    if told.paper is None:
        raise NoConvention
    if not hasattr(told.paper, "signature"):
        raise StepHeldBack(why=_("Its beneficiary has not signed this paper yet."))
    if told.paper.sha256 != seen:
        raise PaperChanged
    if told.signed:
        raise AlreadySigned
    return told.paper


def _not_delegated(office: Subject | None, delegation: Subject | None, day: date) -> str:
    """Why nobody may sign in the place of this office; empty where they may, or where none is named."""
    if office is None:
        return ""
    if delegation is None:
        return _("Name the decision that delegates the signature of this office.")
    record = Office.objects.filter(subject=office).first()
    if record is None or not holder(record, day):
        return _("Nobody is known to hold this office on that day.")
    return ""


def tell_beneficiary(
    grant: Grant, subject: Callable[[], str], at: datetime, words: str | Callable[[], str] = ""
) -> None:
    """Write to those who may sign for a grant's body; the email waits where an officer can read it.

    What is to be said in their language is said once that is known.
    """
    body, file = beneficiary_of(grant), application_of(grant)
    if body is None:
        return
    last = file.submissions.order_by("-turn").first() if file else None
    language = last.language if last else "fr"
    with override(language):
        title = subject()
        more = words if isinstance(words, str) else words()
        text = "\n\n".join(part for part in (title, more, _("Follow your grant at the counter.")) if part)
    people = [member.person for member in body.members.filter(role__in=MAY_SIGN).select_related("person")]
    OutgoingEmail.objects.bulk_create(
        OutgoingEmail(
            application=file, to=person, subject=title[:200], body=text, language=language, written_at=at,
            leaves_at=leaves_after(at),
        )
        for person in people
    )  # fmt: skip
