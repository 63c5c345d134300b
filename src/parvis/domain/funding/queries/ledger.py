"""Where the money stands: by levy and year, by envelope, by grant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from parvis.domain.funding.enums import Act, Stage
from parvis.domain.funding.models import Application, Envelope, Grant, LedgerAccount, LedgerEntry, LevyYear
from parvis.foundation.accounts.spelt import Spelt
from parvis.register.models import Subject

ZERO = Decimal(0)
_S = Stage


@dataclass(frozen=True, slots=True)
class Standing:
    """How much stands where, to the cent. What was engaged is everything a decision has given to somebody."""

    by_stage: Mapping[str, Decimal]

    def at(self, *stages: Stage) -> Decimal:
        return sum((self.by_stage.get(stage, ZERO) for stage in stages), ZERO)

    @property
    def voted(self) -> Decimal:
        return self.at(*(stage for stage in Stage if stage != _S.COUNCIL))

    @property
    def allotted(self) -> Decimal:
        return self.voted - self.at(_S.VOTED)

    @property
    def reserved(self) -> Decimal:
        return self.at(_S.RESERVED)

    @property
    def engaged(self) -> Decimal:
        return self.at(_S.COMMITTED, _S.PAID, _S.OWED, _S.RECOVERED)

    @property
    def to_pay(self) -> Decimal:
        return self.at(_S.COMMITTED)

    @property
    def paid(self) -> Decimal:
        """Paid out in all, whatever came back since."""
        return self.at(_S.PAID, _S.OWED, _S.RECOVERED)

    @property
    def kept(self) -> Decimal:
        """Paid and not paid back."""
        return self.at(_S.PAID, _S.OWED)

    @property
    def owed(self) -> Decimal:
        return self.at(_S.OWED)

    @property
    def recovered(self) -> Decimal:
        return self.at(_S.RECOVERED)

    @property
    def left(self) -> Decimal:
        return self.at(_S.VOTED, _S.AVAILABLE)


def standing(accounts: QuerySet[LedgerAccount]) -> Standing:
    """What these accounts hold together."""
    rows = accounts.order_by().values_list("stage").annotate(Sum("balance"))
    return Standing(dict(rows))


def standing_of_year(year: LevyYear) -> Standing:
    return standing(LedgerAccount.objects.filter(levy_year=year))


def standing_of_envelope(envelope: Envelope) -> Standing:
    return standing(LedgerAccount.objects.filter(envelope=envelope.subject))


def standing_of_grant(grant: Subject) -> Standing:
    return standing(LedgerAccount.objects.filter(grant=grant))


def standings_of_years() -> dict[int, Standing]:
    """Where the money of every year stands, by its number."""
    rows = LedgerAccount.objects.order_by().values_list("levy_year", "stage").annotate(Sum("balance"))
    return _gathered(rows)


def standings_of_envelopes(envelopes: Iterable[Subject]) -> dict[int, Standing]:
    """Where the money of these envelopes stands, by subject."""
    found = LedgerAccount.objects.filter(envelope__in=list(envelopes)).order_by()
    return _gathered(found.values_list("envelope", "stage").annotate(Sum("balance")))


def _gathered(rows: Iterable[tuple[int, str, Decimal]]) -> dict[int, Standing]:
    found: dict[int, dict[str, Decimal]] = {}
    for owner, stage, total in rows:
        found.setdefault(owner, {})[stage] = total
    return {owner: Standing(by_stage) for owner, by_stage in found.items()}


def all_years() -> QuerySet[LevyYear]:
    """Every open year of every levy, the latest first."""
    return LevyYear.objects.select_related("levy__subject").order_by("-year", "levy__subject__key")


def year_of(envelope: Envelope) -> LevyYear | None:
    """The year of the levy an envelope draws on; none where it is not open."""
    return _YEAR.first(envelope.levy_id, envelope.year)


_YEAR = Spelt(lambda levy, year: LevyYear.objects.filter(levy=levy, year=year), int, int)


def envelopes_of(year: LevyYear) -> QuerySet[Envelope]:
    """The envelopes that draw on a year of a levy."""
    found = Envelope.objects.filter(levy=year.levy_id, year=year.year)
    return found.select_related("subject").prefetch_related("subject__texts").order_by("subject__key")


def envelopes_to_draw_on() -> QuerySet[Envelope]:
    """Envelopes of years that nobody closed."""
    closed = LevyYear.objects.filter(levy=OuterRef("levy"), year=OuterRef("year"), closed__isnull=False)
    return Envelope.objects.exclude(Exists(closed)).select_related("subject", "levy")


def envelope_by(subject: Subject) -> Envelope:
    """The envelope of this subject."""
    return Envelope.objects.select_related("subject", "levy").get(pk=subject.pk)


def envelopes_of_grant(grant: Subject) -> list[Envelope]:
    """The envelopes a grant has money from."""
    keys = LedgerAccount.objects.filter(grant=grant).values("envelope")
    return list(Envelope.objects.filter(pk__in=keys).select_related("subject", "levy").order_by("pk"))


def grants_of(envelope: Envelope) -> list[int]:
    """The grants an envelope gave money to, or keeps money for, by subject."""
    rows = LedgerAccount.objects.filter(envelope=envelope.subject, grant__isnull=False)
    return list(rows.order_by("grant").values_list("grant", flat=True).distinct())


def votes_behind(grant: Subject) -> QuerySet[LedgerEntry]:
    """The votes and allotments the money of a grant came from."""
    envelopes = LedgerAccount.objects.filter(grant=grant).values("envelope")
    years = LedgerAccount.objects.filter(grant=grant).values("levy_year")
    allotted = Q(act__in=(Act.ALLOT, Act.TAKE_BACK, Act.CARRY), lines__account__envelope__in=envelopes)
    voted = Q(act__in=(Act.VOTE, Act.LOWER), lines__account__levy_year__in=years)
    return _told(LedgerEntry.objects.filter(allotted | voted).distinct())


def entries_of_grant(grant: Subject) -> QuerySet[LedgerEntry]:
    """Everything the ledger says of a grant, from the first."""
    return _told(LedgerEntry.objects.filter(grant=grant))


def entries_of_envelope(envelope: Subject) -> QuerySet[LedgerEntry]:
    return _told(LedgerEntry.objects.filter(lines__account__envelope=envelope).distinct())


def entries_of_year(year: LevyYear) -> QuerySet[LedgerEntry]:
    return _told(LedgerEntry.objects.filter(lines__account__levy_year=year).distinct())


def _told(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    return entries.select_related("decision", "grant", "written_by").prefetch_related("lines__account__envelope")


def application_of(grant: Grant) -> Application | None:
    """The file a grant was asked for in, where it came through a call."""
    return Application.objects.filter(number=grant.file).select_related("call").first() if grant.file else None


def kept_by_ledger(grant: Subject) -> bool:
    """Whether the ledger holds money of this grant."""
    return LedgerAccount.objects.filter(grant=grant).exists()
