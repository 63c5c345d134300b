"""From the cells of a row to what a record would hold: each cell by the meaning of its field, or a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.exchange.formats.tables import spans, values
from parvis.exchange.formats.tables.values import NotSo, Writing, is_nothing
from parvis.exchange.inbound import lines
from parvis.exchange.inbound.matching import in_order
from parvis.exchange.inbound.targets import LINES, Meaning, Target, Wanted
from parvis.foundation.values import PartialDate
from parvis.foundation.values.identifiers import identifier
from parvis.foundation.values.text import fold, squeeze
from parvis.foundation.vocabulary import Terms, Vocabulary

_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]{2,}$")
_POINT = r"(?:\.\.|\d{4}(?:-\d{2}){0,2})"
_INTERVAL = re.compile(rf"^{_POINT}/{_POINT}$")
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_LONGEST_TITLE = 300
_SHOWN = 20
_NOT = ("non", "no", "not", "nao", "pas")
_TURNED_DOWN = ("refus", "reject", "rechaz", "recus", "deneg", "declin")
_GIVEN = ("financ", "accord", "grant", "award", "conced", "aprob", "aprov", "vote", "attrib", "fund")
_SCHEMES = {"siret": "SIRET", "siren": "SIREN", "rna": "RNA", "org_id": "org-id", "wikidata": "Wikidata"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that fills a field, and how it is written."""

    name: str
    wanted: Wanted
    writing: Writing
    language: str = ""


@dataclass(slots=True)
class Draft:
    """What a row says: its values by field, what is wrong by column, the content it would give a record.

    ``made`` are fields of that content we filled for want of the row's own words: never put over a record.
    ``lasts`` are last days said in the cell of the first: by the field they fill, with that cell.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    problems: list[dict[str, str]] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    lasts: dict[str, tuple[Column, str, str]] = field(default_factory=dict)

    def problem(self, column: str, sentence: str) -> None:
        self.problems.append({"column": column, "sentence": sentence})


def columns_of(target: Target, mapping: Mapping[str, Any]) -> list[Column]:
    """The columns that fill a field, in the order of the file."""
    found = []
    for name in in_order(mapping):
        said = mapping[name]
        wanted = target.take(said.get("field", ""))
        if wanted is not None:
            writing = Writing(said.get("decimal", ","), said.get("order", "dmy"))
            found.append(Column(name, wanted, writing, said.get("language", "")))
    return found


class Reader:
    """Reads cells by their meaning. ``refer`` turns a name into the key of the record it means, or says why not."""

    def __init__(
        self,
        target: Target,
        words: Vocabulary,
        language: str,
        refer: Callable[[str, Wanted, Mapping[str, str]], str],
    ) -> None:
        self.target, self.words, self.language, self.refer = target, words, language, refer
        self._lists = {wanted.name: _codes_of(wanted, target, words) for wanted in target.wanted if wanted.terms}
        self._countries = _by_label(words.countries)

    def read(self, number: int, cells: Mapping[str, str], columns: list[Column]) -> Draft:
        """Every cell of a row, and every reason."""
        draft = Draft(number, content=_copy(self.target.kept))
        for column in columns:
            text = cells[column.name]
            if is_nothing(text) or (column.wanted.many and text == "[]"):
                if (
                    column.wanted.required
                    and not _said_elsewhere(column, columns, cells)
                    and not _follows(column, columns, cells)
                    and not _named(columns, cells)
                ):
                    draft.problem(column.name, _("This cell is empty, and every record needs it."))
                continue
            try:
                self._take(draft, column, text, cells)
            except NotSo as reason:
                draft.problem(column.name, _(reason.sentence) % reason.facts)
        for name, (column, text, last) in draft.lasts.items():
            self._take_last(draft, self.target.take(name), column, text, last)
        return draft

    def _take_last(self, draft: Draft, wanted: Wanted | None, column: Column, text: str, last: str) -> None:
        """The last day of a span goes where last days go, unless the row says another there."""
        if wanted is not None and wanted.excluded:
            last = spans.following(last)
        if wanted is None or draft.values.get(wanted.name, last) != last:
            said = _("“%(value)s” names a last day, and this row names another: write each day in its own column.")
            draft.problem(column.name, said % {"value": text})
            return
        draft.values[wanted.name] = last
        put(draft.content, wanted.into, last, self.language)

    def _take(self, draft: Draft, column: Column, text: str, cells: Mapping[str, str]) -> None:
        wanted = column.wanted
        parts = self._parts(wanted, text) if wanted.many else [text]
        for part in parts:
            try:
                value = self._value(column, part, cells)
            except NotSo as reason:
                if wanted.meaning is not Meaning.DAY:
                    raise
                value = _first_day(draft, column, part, reason)
            if value in ("", {}):
                continue  # it says what goes without saying
            draft.values[wanted.name] = value
            put(draft.content, wanted.into, value, column.language or self.language)

    def _parts(self, wanted: Wanted, text: str) -> list[str]:
        """The things a cell names: between semicolons; or codes between spaces, as our own lists write them."""
        parts = _listed(text) or [part for part in _SEVERAL.split(text) if part]
        codes = text.split()
        if wanted.meaning is Meaning.TERM and len(parts) == 1 and len(codes) > 1:
            known = self._lists[wanted.name]
            if squeeze(text) not in known and all(squeeze(code) in known for code in codes):
                return codes
        return parts

    def _value(self, column: Column, text: str, cells: Mapping[str, str]) -> Any:
        wanted, meaning = column.wanted, column.wanted.meaning
        if meaning is Meaning.REF:
            return self.refer(text, wanted, cells)
        if meaning is Meaning.TERM:
            return self._term(text, wanted)
        if meaning is Meaning.COUNTRY:
            return self._country(text)
        if meaning in LINES:
            text, language = _words(text, column), column.language or self.language
            return lines.read_line(wanted.name, meaning, text, language, column.writing)
        return _READS.get(meaning, _words)(text, column)

    def _term(self, text: str, wanted: Wanted) -> str:
        known = self._lists[wanted.name]
        code = known.get(squeeze(text))
        if code is None:
            some = ", ".join(sorted(self._called(wanted, known.values()))[:_SHOWN])
            raise NotSo(_("“%(value)s” is not one of: %(known)s."), value=text, known=some)
        return code

    def _called(self, wanted: Wanted, codes: Iterable[str]) -> set[str]:
        """What codes of a list are called, in the language of who reads the refusal."""
        terms = _terms_of(wanted, self.target, self.words)
        tongue = (get_language() or "fr")[:2]
        return {terms.label(code, tongue) if terms is not None and code in terms else code for code in codes}

    def _country(self, text: str) -> str:
        code = self._countries.get(squeeze(text))
        if code is None:
            raise NotSo(_("“%(value)s” is not a country: write its name, or its two letters."), value=text)
        return code


def _listed(text: str) -> list[str]:
    """A list as our own tables write it: ``["5", "6"]``."""
    if not text.startswith("["):
        return []
    try:
        held = json.loads(text)
    except ValueError:
        return []
    return [str(one) for one in held] if isinstance(held, list) else []


def _said_elsewhere(column: Column, columns: list[Column], cells: Mapping[str, str]) -> bool:
    """Whether another column says the same field, in another language."""
    return any(not is_nothing(cells[other.name]) for other in columns if other.wanted is column.wanted)


def _follows(column: Column, columns: list[Column], cells: Mapping[str, str]) -> bool:
    """Whether the field follows from another that the row says: an agreement is called by its parties."""
    return any(other.wanted.name in column.wanted.unless and not is_nothing(cells[other.name]) for other in columns)


def _named(columns: list[Column], cells: Mapping[str, str]) -> bool:
    """Whether the row says by its key which record it speaks of: that record holds what the row leaves out."""
    return any(column.wanted.name == "key" and not is_nothing(cells[column.name]) for column in columns)


def put(content: dict[str, Any], path: str, value: Any, language: str) -> None:
    """Put a value where its field says in a content: ``title.*``, ``parties.[]``, ``statuses.0.status``."""
    steps = path.split(".")
    here: Any = content
    for place, step in enumerate(steps[:-1]):
        following = steps[place + 1]
        empty: Any = [] if following == "[]" or following.isdigit() else {}
        if isinstance(here, list):
            while len(here) <= int(step):
                here.append({})
            here = here[int(step)]
        else:
            here = here.setdefault(step, empty)
    last = steps[-1]
    if last == "[]":
        if value not in here:
            here.append(value)
    elif isinstance(here, list):
        here.append(value)
    else:
        here[language if last == "*" else last] = value


def _words(text: str, column: Column) -> str:
    wanted = column.wanted
    longest = wanted.longest or (_LONGEST_TITLE if wanted.into == "title.*" else 0)
    if longest and len(text) > longest:
        raise NotSo(_("This text has %(found)s characters; at most %(most)s are kept."), found=len(text), most=longest)
    return text


def _amount(text: str, column: Column) -> str:
    return format(values.number(text, column.writing).normalize(), "f")


def _whole(text: str, column: Column) -> int:
    found = values.number(text, column.writing)
    if found != found.to_integral_value():
        raise NotSo(_("“%(value)s” is not a whole number."), value=text)
    return int(found)


def _day(text: str, column: Column) -> str:
    """A day, a month, a year; or an interval as our own tables write it: 2013/2016, ../2016-07."""
    if _INTERVAL.match(text):
        try:
            return str(PartialDate.parse(text))
        except ValueError as fault:
            raise NotSo(_("“%(value)s” is not a day: write 2024-07-10."), value=text) from fault
    return values.day(text, column.writing)


def _first_day(draft: Draft, column: Column, text: str, reason: NotSo) -> str:
    """The first day of a span, its last kept for its own field; nothing for an end that has not come. Raises NotSo."""
    wanted = column.wanted
    if spans.is_open(text):
        if wanted.open:
            return ""
        raise NotSo(_("“%(value)s” is no day: write the day, or leave the cell empty."), value=text)
    found = spans.span(text, column.writing)
    if found is None:
        raise reason
    first, last = found
    if last and not wanted.span:
        raise NotSo(_("“%(value)s” names two days: write one here, and the other in its own column."), value=text)
    if last and draft.lasts.get(wanted.span, (column, text, last))[2] != last:
        said = _("“%(value)s” names a last day, and this row names another: write each day in its own column.")
        raise NotSo(said, value=text)
    if last:
        draft.lasts[wanted.span] = (column, text, last)
    return first


def _period(text: str, column: Column) -> list[str]:
    return list(values.period(text, column.writing))


def _answer(text: str, _column: Column) -> bool:
    return values.answer(text)


def _granted(text: str, _column: Column) -> bool:
    """Whether a request was granted, as lists of requests say it: “Financée”, “Non financée”."""
    said = fold(text)
    if said.split(" ")[0] in _NOT or said.startswith(_TURNED_DOWN):
        return False
    if said.startswith(_GIVEN):
        return True
    return values.answer(text)


def _mail(text: str, column: Column) -> str:
    if not _MAIL.match(text):
        raise NotSo(_("“%(value)s” is not an e-mail address."), value=text)
    return _words(text, column)


def _identifier(text: str, column: Column) -> str:
    scheme = column.wanted.scheme
    try:
        return identifier(scheme, text.strip().strip("'’\""))
    except ValueError as fault:
        said = _("“%(value)s” is not a valid %(scheme)s number.")
        raise NotSo(said, value=text, scheme=_SCHEMES.get(scheme, scheme)) from fault


_READS: Mapping[Meaning, Callable[[str, Column], Any]] = {
    Meaning.MONEY: _amount,
    Meaning.DECIMAL: _amount,
    Meaning.COUNT: _whole,
    Meaning.DAY: _day,
    Meaning.PERIOD: _period,
    Meaning.ANSWER: _answer,
    Meaning.GRANTED: _granted,
    Meaning.IDENTIFIER: _identifier,
    Meaning.EMAIL: _mail,
}


def _codes_of(wanted: Wanted, target: Target, words: Vocabulary) -> dict[str, str]:
    """The code of each word a column may hold: those of the vocabulary, and those met in the tables of others."""
    met = {squeeze(word): code for code, said in wanted.values.items() for word in said}
    return met | _codes(wanted, target, words)


def _terms_of(wanted: Wanted, target: Target, words: Vocabulary) -> Terms | None:
    lists = {
        "matters": words.matters, "themes": words.themes, "goals": words.sdg_goals, "currencies": words.currencies,
        "amount_kinds": words.amount_kinds, "units": words.units,
    }  # fmt: skip
    if wanted.terms == "kinds":
        return words.kinds.get(target.noun)
    return lists.get(wanted.terms) or words.states[f"{target.noun}.{wanted.terms}"]


def _codes(wanted: Wanted, target: Target, words: Vocabulary) -> dict[str, str]:
    terms = _terms_of(wanted, target, words)
    known = {} if terms is None else _by_label(terms)
    return known | ({squeeze(code): code for code in words.currencies.codes} if wanted.terms == "units" else {})


def _by_label(terms: Terms) -> dict[str, str]:
    found: dict[str, str] = {}
    for term in terms:
        for label in (*term.label.values(), term.code):
            found.setdefault(squeeze(label), term.code)
    return found


def _copy(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dict(value) if isinstance(value, dict) else value for name, value in content.items()}
