"""Which text an official paper is made from: one written for a call, a fund or a kind; else the city's own file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from parvis.domain.funding.enums import Answered, EmailState, PaperKind, TextFrom
from parvis.domain.funding.models import Call, Grant, Letter, Selection, SelectionLine, Wording
from parvis.domain.funding.queries.ledger import application_of
from parvis.domain.funding.queries.limits import city_folder
from parvis.foundation.accounts.models import User
from parvis.foundation.values import in_language
from parvis.foundation.vocabulary.paper_texts import PaperText, paper_texts
from parvis.register.models import Subject

Texts = dict[str, PaperText]


@dataclass(frozen=True, slots=True)
class Served:
    """What a text is written for: one call or fund, the grants of one kind, or the whole city."""

    about: Subject | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """The text a paper is made from now. Without a ``wording`` it is that of the city's file."""

    paper: str
    served: Served
    texts: Texts
    wording: Wording | None = None

    def in_language(self, language: str) -> tuple[PaperText, str]:
        """The text in a language, or in another there is, and which."""
        _title, found = in_language({code: said.title for code, said in self.texts.items()}, language)
        return self.texts[found], found


def wordings(paper: str, served: Served | None = None) -> QuerySet[Wording]:
    """The versions of a paper's text, the latest first; those that serve one thing when it is named."""
    rows = Wording.objects.filter(paper=paper).select_related("about", "written_by")
    if served is not None:
        rows = rows.filter(about=served.about, kind=served.kind)
    return rows.order_by("-version", "-pk")


def text_in_force(paper: str, served: Iterable[Served] = ()) -> InForce:
    """The latest text written at the desk for the first of these that has one, then for the city; else the file's."""
    for one in (*served, Served()):
        row = wordings(paper, one).filter(written_in=TextFrom.DESK).first()
        if row is not None:
            return InForce(paper, one, texts_of(row), row)
    return InForce(paper, Served(), paper_texts(city_folder() / "paper_texts.yaml")[paper])


def texts_of(row: Wording) -> Texts:
    return {language: PaperText(said["title"], said["text"]) for language, said in row.texts.items()}


def served_by_call(call: Call) -> list[Served]:
    """What the letters of a call look for: the call itself, then its fund."""
    return [Served(call.subject), *([Served(call.programme)] if call.programme else [])]


def served_by_grant(grant: Grant) -> list[Served]:
    """What the papers of a grant look for: its call, its fund, its kind."""
    file = application_of(grant)
    own = served_by_call(file.call) if file else []
    fund = [Served(grant.programme)] if grant.programme and Served(grant.programme) not in own else []
    return [*own, *fund, Served(kind=grant.subject.kind)]


def letter_of(line: SelectionLine) -> PaperKind:
    """Which letter follows from what was proposed for a file and answered."""
    if line.answered == Answered.AWARD:
        return PaperKind.LETTER_PARTIAL if line.voted < line.asked else PaperKind.LETTER_AWARD
    return PaperKind.LETTER_REFUSAL if line.answered == Answered.REFUSE else PaperKind.LETTER_WAITING


def lines_to_write(selection: Selection, person: User) -> QuerySet[SelectionLine]:
    """Lines of a selection that no letter follows yet, but for those that concern this person."""
    rows = selection.lines.written_to().filter(letter__isnull=True).exclude(application__interests__person=person)
    told = rows.select_related("application__body__record", "application__call__subject", "otherwise")
    return told.order_by("rank", "pk")


def letters_of(selection: Selection, person: User) -> QuerySet[Letter]:
    """The letters of a selection, but for those that concern this person."""
    rows = Letter.objects.filter(line__selection=selection).exclude(line__application__interests__person=person)
    return (
        rows.select_related("line__application__body", "wording")
        .prefetch_related("emails__to")
        .order_by("line__rank", "pk")
    )


#: Lines the council put off: no letter tells what is not decided.
_PUT_OFF = Q(lines__otherwise__isnull=False, lines__otherwise__answer=Answered.ADJOURN)


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A selection the council answered whose letters are not all made, or whose emails lie held back."""

    selection: int
    call: str
    to_make: int
    held: int


def selections_to_write() -> list[ToWrite]:
    """Selections whose letters wait for an officer, the earliest answered first."""
    emails = "lines__letter__emails"
    rows = Selection.objects.filter(decision__isnull=False).annotate(
        to_make=Count("lines", filter=Q(lines__letter__isnull=True) & ~_PUT_OFF, distinct=True),
        held=Count(emails, filter=Q(**{f"{emails}__state": EmailState.HELD}), distinct=True),
    )
    waiting = rows.filter(Q(to_make__gt=0) | Q(held__gt=0)).order_by("decided_at", "pk")
    return [ToWrite(*row) for row in waiting.values_list("pk", "call__subject__key", "to_make", "held")]
