"""The letters of a selection, composed: facts of each file put into the text of its call, in its own language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.council.models import Decision
from parvis.domain.funding import queries
from parvis.domain.funding.actions import Written
from parvis.domain.funding.enums import LETTERS, Answered, PaperKind
from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models import Answer, Letter, Selection, SelectionLine, Submission
from parvis.domain.funding.queries import InForce, YearOfBody
from parvis.doors.desk.naming import title_of, titles_of
from parvis.doors.desk.sheets.labels import language_label
from parvis.doors.desk.words import city_name, paper_mark, tongue
from parvis.doors.ui import spelling
from parvis.doors.ui.words import city
from parvis.exchange.formats.letter_paper import letters_paper
from parvis.foundation.vocabulary.paper_texts import filled, places_in
from parvis.register.models import Subject

#: Questions of a form that say where its body receives its post, where a call asks it.
_ADDRESS = ("address", "postal_address")


def decision_facts(decision: Subject | None) -> dict[str, str]:
    """What a paper says of a decision; a paper read before there is one shows where it will stand."""
    if decision is None:
        return dict.fromkeys(("decision", "decision_number", "decision_day"), "[…]")
    record = Decision.objects.filter(subject=decision).first()
    day = spelling.day(record.day, tongue()) if record and record.day else ""
    return {
        "decision": title_of(decision),
        "decision_number": record.number if record else "",
        "decision_day": day,
    }


def contact_said() -> str:
    """Where one writes to the city: its unit and its address, as its file names them."""
    told: Mapping[str, str] = city().get("contact") or {}
    unit = titles_of([told["unit"]]).get(told["unit"], "") if told.get("unit") else ""
    return ", ".join(part for part in (unit, told.get("mail") or told.get("address", "")) if part)


def signatory_said() -> str:
    """The office that signs letters, as the city's file names it and its record is called; nothing where none is."""
    key = str(city().get("letters_signed_by") or "")
    return titles_of([key]).get(key, "") if key else ""


class Letters:
    """The letters of one selection: which text each takes, and what each says."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.call = selection.call
        self._said: dict[str, dict[str, str]] = {}
        told = [self.call.subject, *([selection.decision] if selection.decision else [])]
        prefetch_related_objects(told, "texts")

    @cached_property
    def texts(self) -> dict[PaperKind, InForce]:
        """The text in force for each letter of this call."""
        served = queries.served_by_call(self.call)
        return {paper: queries.text_in_force(paper, served) for paper in LETTERS}

    @cached_property
    def _years(self) -> dict[int, YearOfBody]:
        return queries.years_of_bodies(self.selection)

    def written(self, lines: Iterable[SelectionLine]) -> Iterator[Written]:
        """The letters of these lines. Raises StepHeldBack where a text says something of the decision nobody wrote."""
        lines = list(lines)
        files = [line.application_id for line in lines]
        spoken = _spoken(files)
        streets = {
            pk: str(value)
            for pk, value in Answer.objects.filter(application__in=files, field__in=_ADDRESS).values_list(
                "application", "value"
            )
        }
        for line in lines:
            yield self._one(line, spoken[line.application_id], streets.get(line.application_id, ""))

    def cautions(self, lines: Iterable[SelectionLine]) -> list[str]:
        """What an officer would regret once the letters of these lines are made: no signatory, a title not translated.

        It keeps nothing from being made.
        """
        return list(self._cautions(list(lines)))

    def _cautions(self, lines: list[SelectionLine]) -> Iterator[str]:
        if not lines:
            return
        if not signatory_said():
            yield _(
                "Nobody is named as the one who signs: these letters end without it. The city’s file names the office"
                " (letters_signed_by), and the register has its record."
            )
        spoken = _spoken([line.application_id for line in lines])
        asked = {self.texts[queries.letter_of(line)].in_language(spoken[line.application_id])[1] for line in lines}
        titled = {text.language for text in self.call.subject.texts.all() if text.field == "title"}
        for language in sorted(asked - titled):
            yield _("This call has no title in this language: %(language)s. Letters name it in another.") % {
                "language": language_label(language)
            }

    def _one(self, line: SelectionLine, language: str, street: str) -> Written:
        paper = queries.letter_of(line)
        text = self.texts[paper]
        said, found = text.in_language(language)
        with override(found):
            facts = self._facts(line)
            title, *blocks = filled(paper, said, facts)
            address = _address(line, street)
        if self.selection.decision:
            _refuse_gaps(paper, f"{said.title}\n{said.text}", facts, title_of(self.selection.decision))
        words = spelling.spaced("\n\n".join(one.words for one in blocks), found)
        return Written(line, paper, text, found, spelling.spaced(title.words, found), words, address)

    def _facts(self, line: SelectionLine) -> dict[str, str]:
        currency = self.call.currency or "EUR"
        file = line.application
        return {
            **self._common(),
            "body": file.body.name,
            "number": str(file.number),
            "object": file.title or str(file.number),
            "asked": spelling.money(line.asked, currency, tongue()),
            "voted": spelling.money(line.voted, currency, tongue()),
            "reasons": queries.reason_told(line),
            "next_steps": self._next_steps(line),
        }

    def _common(self) -> dict[str, str]:
        """What every letter of a language says alike, worked out once."""
        if tongue() not in self._said:
            self._said[tongue()] = {
                **decision_facts(self.selection.decision),
                "city": city_name(),
                "call": title_of(self.call.subject),
                "contact": contact_said(),
                "day": spelling.day(timezone.localdate(), tongue()),
                "signatory": signatory_said(),
            }
        return self._said[tongue()]

    def _next_steps(self, line: SelectionLine) -> str:
        if line.answered == Answered.REFUSE:
            return _("Your file stays at the counter, where you may read it.")
        if line.answered == Answered.WAIT:
            return _("There is nothing to do: you are written to if your application is chosen.")
        year = self._years.get(line.application.body_id)
        if year and year.needs_convention:
            said = {"total": spelling.money(year.total, queries.city_currency(), tongue()), "year": year.year}
            return (
                _(
                    "With this grant your body receives %(total)s in %(year)s: a convention is signed first. "
                    "It will wait for your signature at the counter, and the first payment follows."
                )
                % said
            )
        return _("The payment is prepared; you follow it at the counter.")


def _spoken(files: list[Any]) -> dict[Any, str]:
    """The language each file was last sent in; that of the city where it says none."""
    told = Submission.objects.filter(application__in=files).order_by("turn").values_list("application", "language")
    return dict.fromkeys(files, str(city().get("default_language") or "fr")) | dict(told)


def _refuse_gaps(paper: str, text: str, facts: Mapping[str, str], decision: str) -> None:
    """Refuse a letter that would name a decision without its number or its day."""
    for code, why in (
        ("decision_number", _("The letter names the number of the decision “%(decision)s”, and its record has none.")),
        ("decision_day", _("The letter names the day of the decision “%(decision)s”, and its record has none.")),
    ):
        if code in places_in(paper, text) and not facts[code]:
            raise StepHeldBack(why=why % {"decision": decision} + " " + _("Complete it, then make the letters."))


def _address(line: SelectionLine, street: str) -> str:
    body = line.application.body
    country = spelling.country(body.country, tongue()).upper() if body.country else ""
    return "\n".join(part for part in (body.name, *street.splitlines(), body.town, country) if part.strip())


def letters_pdf(letters: Iterable[Letter | Written]) -> bytes:
    """Letters as one paper to print and post."""
    told: Mapping[str, Any] = city().get("contact") or {}
    unit = titles_of([told["unit"]]).get(told["unit"], "") if told.get("unit") else ""
    facts = {
        "language": tongue(),
        "mark": paper_mark(),
        "title": _("Letters"),
        "city": city_name(),
        "sender": [part for part in (unit, str(told.get("address") or "")) if part],
    }
    return letters_paper(facts, [_on_paper(one) for one in letters])


def _on_paper(letter: Letter | Written) -> dict[str, Any]:
    made = timezone.localtime(letter.made_at).date() if isinstance(letter, Letter) else timezone.localdate()
    with override(letter.language):
        day = f"{city_name()}, {spelling.day(made, tongue())}"
    return {
        "day": day,
        "language": letter.language,
        "number": str(letter.line.application.number),
        "title": letter.title,
        "address": letter.address.splitlines(),
        "paragraphs": [part.splitlines() for part in letter.text.split("\n\n") if part.strip()],
    }
