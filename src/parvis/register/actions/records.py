"""Entering and amending a record: all of it or none, with its names, texts, sources and journal line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, models, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.foundation.values.text import fold
from parvis.register.actions.filling import Filler, keys_named, lines_of
from parvis.register.content import Rows, RowsNow
from parvis.register.entry import Entry, Facts
from parvis.register.enums import TextState, Visibility
from parvis.register.errors import ChangedMeanwhile, InvalidContent, KeyTaken, Problem
from parvis.register.fields import LONGEST_TEXT, PartialDateField, refuse_overlong
from parvis.register.models import Citation, Name, Record, Subject, Text

R = TypeVar("R", bound=Record)

#: Revision of a key that is reserved and holds no record yet.
RESERVED = 0
_LONGEST_KEY = 120
#: No line beyond what its column holds.
_SURE_LINE = 1_000_000_000
_PARTIAL_DATE = PartialDateField()
_VISIBILITIES = frozenset(Visibility.values)


@transaction.atomic
def reserve_keys(keys: Iterable[tuple[str, str]], *, by: User, at: datetime) -> None:
    """Reserve keys (key, noun) so that records loaded together may name each other in any order.

    Raises KeyTaken. A reserved key becomes a record by enter_record, in the same transaction.
    """
    wanted = dict(keys)
    taken = Subject.objects.filter(key__in=wanted).values_list("key", flat=True).first()
    if taken:
        raise KeyTaken(key=taken)
    Subject.objects.bulk_create(
        [
            Subject(
                key=key,
                noun=noun,
                revision=RESERVED,
                entered_at=at,
                amended_at=at,
                entered_by=by,
                amended_by=by,
            )
            for key, noun in wanted.items()
        ],
        batch_size=1000,
    )


@transaction.atomic
def enter_record(model: type[R], *, entry: Entry, facts: Facts, by: User, at: datetime) -> R:
    """Enter a record. Raises KeyTaken, or InvalidContent with every problem; nothing is half entered."""
    filler = Filler()
    subject = _new_head(model, entry, filler, by, at)
    filler.foresee(_named(model, entry, facts))  # it may cite itself
    record = model(subject=subject)
    parts = filler.fill(record, facts)
    _raise_any(filler)
    again = model._default_manager.filter(pk=subject.pk).exists()  # entered once, and taken back since
    filler.save(record, force_insert=not again, force_update=again)
    _raise_any(filler)
    filler.save_parts(record, parts)
    _write_words(subject, entry, filler)
    _raise_any(filler)
    journal.write(f"{model.noun} entered", about=subject.key, by=by, at=at, content=_digest(entry, facts))
    return record


@transaction.atomic
def amend_record(
    record: R,
    *,
    entry: Entry,
    facts: Facts,
    seen_revision: int,
    by: User,
    at: datetime,
    verb: str = "amended",
) -> R:
    """Give a record its new content, as a whole.

    Raises ChangedMeanwhile when somebody changed it after ``seen_revision`` was read, and InvalidContent.
    """
    return amend_held(
        record, lock_head(record), entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at, verb=verb
    )


def lock_head(record: Record) -> Subject:
    """The head of a record, which nobody else changes until the transaction ends."""
    return Subject.objects.select_for_update(of=("self",)).select_related("amended_by").get(pk=record.pk)


def amend_held(
    record: R,
    subject: Subject,
    *,
    entry: Entry,
    facts: Facts,
    seen_revision: int,
    by: User,
    at: datetime,
    verb: str,
    rows: Rows | None = None,
    ties: Iterable[Subject] = (),
) -> R:
    """Amend a record whose head is under lock; ``rows`` and ``ties`` are what was read of it since."""
    if subject.revision != seen_revision:
        raise ChangedMeanwhile(
            who=subject.amended_by, when=date_format(localtime(subject.amended_at), "DATETIME_FORMAT")
        )
    filler = Filler()
    filler.knows(ties)
    filler.foresee(_named(type(record), entry, facts))
    _set_head(type(record), subject, entry, filler)
    fresh = type(record)(subject=subject)
    fresh._state.adding = False  # so that it is not told to be its own double
    parts = filler.fill(fresh, facts)
    if filler.problems:
        filler.tell_the_rest(fresh)
    _raise_any(filler)
    subject.revision += 1
    subject.amended_at, subject.amended_by = at, by
    subject.save()
    filler.save(fresh, force_update=True)
    _raise_any(filler)
    for name in fresh.parts:
        if rows is None or rows.parts(fresh, name):
            getattr(fresh, name).all().delete()
    filler.save_parts(fresh, parts)
    _rewrite_words(subject, entry, filler, rows or RowsNow())
    _raise_any(filler)
    journal.write(
        f"{record.noun} {verb}",
        about=subject.key,
        by=by,
        at=at,
        revision=subject.revision,
        content=_digest(entry, facts),
    )
    return fresh


def faults_in(record: Record, *, entry: Entry, facts: Facts, unread: Collection[str] = ()) -> list[Problem]:
    """What amending would refuse of the columns of a record, all at once; nothing is written.

    Of ``unread``, columns in which something is written that could not be read, nothing is judged.
    """
    filler = Filler()
    filler.foresee(_named(type(record), entry, facts))
    subject = Subject.objects.get(pk=record.pk)
    _set_head(type(record), subject, entry, filler)
    fresh = type(record)(subject=subject)
    fresh._state.adding = False
    filler.fill(fresh, facts)
    filler.tell_the_rest(fresh, unread)
    return [problem for problem in filler.problems if problem.path.partition(".")[0] not in unread]


def _named(model: type[Record], entry: Entry, facts: Facts) -> Iterator[str]:
    """Keys of all that a record names, its sources included."""
    yield from keys_named(model, facts)
    yield from (str(cite.get("source", "")) for cite in entry.cites if isinstance(cite, Mapping))


def _new_head(model: type[Record], entry: Entry, filler: Filler, by: User, at: datetime) -> Subject:
    subject = Subject.objects.filter(key=entry.key).first()
    if subject is None:
        subject = Subject(key=entry.key, noun=model.noun, entered_at=at, amended_at=at, entered_by=by, amended_by=by)
    elif subject.revision != RESERVED or subject.noun != model.noun:
        raise KeyTaken(key=entry.key)
    subject.revision = 1
    _set_head(model, subject, entry, filler)
    _raise_any(filler)
    try:
        with transaction.atomic():
            subject.save()
    except IntegrityError as fault:
        if Subject.objects.filter(key=entry.key).exists():  # entered by somebody else at this very moment
            raise KeyTaken(key=entry.key) from fault
        raise
    return subject


def _set_head(model: type[Record], subject: Subject, entry: Entry, filler: Filler) -> None:
    try:
        validate_slug(entry.key)
    except ValidationError:
        filler.problem("key", _("A key is made of small letters, digits and hyphens."))
    if len(entry.key) > _LONGEST_KEY:
        filler.problem("key", _("A key has %(most)s letters at most.") % {"most": _LONGEST_KEY})
    if entry.visibility not in _VISIBILITIES:
        filler.problem(
            "visibility",
            _("“%(value)s” is not one of: %(known)s.")
            % {"value": entry.visibility, "known": ", ".join(Visibility.values)},
        )
    if not any(text.strip() for text in entry.texts.get("title", {}).values()):
        filler.problem("title", _("A record has a title in one language at least."))
    if model.longest_title < LONGEST_TEXT:
        within = partial(refuse_overlong, most=model.longest_title)
        for language, words in entry.texts.get("title", {}).items():
            filler.hold(within, words.strip(), f"title.{language}")
    subject.kind = entry.kind
    subject.visibility = entry.visibility
    subject.themes = list(entry.themes)
    subject.priorities = list(entry.priorities)


def _write_words(subject: Subject, entry: Entry, filler: Filler) -> None:
    texts, names, citations = _words_of(subject, entry, filler)
    if filler.problems:
        return
    Text.objects.bulk_create(texts)
    Name.objects.bulk_create(names)
    Citation.objects.bulk_create(citations)


def _rewrite_words(subject: Subject, entry: Entry, filler: Filler, rows: Rows) -> None:
    """Write what is said now and was not. What is said as before keeps its row, and its history says no more of it."""
    texts, names, citations = _words_of(subject, entry, filler)
    if filler.problems:
        return
    _replace(Text, rows.of_subject(Text, subject), texts)
    _replace(Name, rows.of_subject(Name, subject), names)
    held = rows.of_subject(Citation, subject)
    if [_said(row) for row in held] != [_said(row) for row in sorted(citations, key=_place_of_reading)]:
        subject.citations.all().delete()  # all of them: of two on one line, the one entered first is read first
        Citation.objects.bulk_create(citations)


def _replace(model: Any, held: Sequence[Any], rows: Sequence[Any]) -> None:
    kept = {_said(row) for row in held} & {_said(row) for row in rows}
    gone = [row.pk for row in held if _said(row) not in kept]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create([row for row in rows if _said(row) not in kept])


def _said(row: models.Model) -> tuple[Any, ...]:
    """All that a row says; not which row it is."""
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key)


def _place_of_reading(citation: Citation) -> tuple[int, bool, int]:
    """Citations are read source after source, line after line, those of no line last."""
    return citation.source_id, citation.line_from is None, citation.line_from or 0


def _words_of(subject: Subject, entry: Entry, filler: Filler) -> tuple[list[Text], list[Name], list[Citation]]:
    texts, names = _texts(subject, entry, filler), _names(subject, entry, filler)
    citations = [_citation(subject, cite, f"cites.{place}", filler) for place, cite in enumerate(entry.cites)]
    return texts, names, [citation for citation in citations if citation]


def _texts(subject: Subject, entry: Entry, filler: Filler) -> list[Text]:
    rows = []
    until = _date(entry.future_until, "future_until", filler)
    for field, by_language in entry.texts.items():
        odd = sorted(set(by_language) - set(LANGUAGES))
        if odd:
            filler.problem(field, _("Unknown language: %(odd)s.") % {"odd": ", ".join(odd)})
        written = {language: body.strip() for language, body in by_language.items() if body and body.strip()}
        for language, body in written.items():
            filler.hold(refuse_overlong, body, f"{field}.{language}")
        original = entry.original if entry.original in written else next(iter(written), "")
        rows += [
            Text(
                subject_id=subject.pk,
                field=field,
                language=language,
                body=body,
                state=TextState.ORIGINAL if language == original else TextState.TRANSLATED,
                future_until=until,
            )
            for language, body in written.items()
        ]
    return rows


def _names(subject: Subject, entry: Entry, filler: Filler) -> list[Name]:
    rows: list[Name] = []
    given_already: set[tuple[str, str, str]] = set()
    for place, said in enumerate(entry.names):
        path = f"names.{place}"
        given = {"text": said} if isinstance(said, str) else dict(said)
        row = Name(subject=subject)
        given["language"] = given.pop("lang", None) or given.get("language") or ""
        given["valid_from"] = given.pop("from", None) or given.get("valid_from") or ""
        given["valid_to"] = given.pop("to", None) or given.get("valid_to") or ""
        row.folded = fold(str(given.get("text", "")))[:200]
        filler.fill(row, given, f"{path}.")
        if row.text and (row.text, row.language, row.kind) in given_already:
            filler.problem(path, _("This name is given twice."))
        given_already.add((row.text, row.language, row.kind))
        rows.append(row)
    return rows


def _citation(subject: Subject, cite: Any, path: str, filler: Filler) -> Citation | None:
    known = {"source", "lines", "page", "section", "about", "fact"}
    odd = sorted(set(cite) - known)
    if odd:
        filler.problem(path, _("There is no such field here: %(odd)s.") % {"odd": ", ".join(odd)})
        return None
    source = filler.subject(str(cite.get("source", "")))
    if source is None or source.noun != "source":
        filler.problem(f"{path}.source", _("No source has the key “%(key)s”.") % {"key": cite.get("source", "")})
        return None
    try:
        start, end = lines_of(cite.get("lines"))
    except ValueError:
        filler.problem(f"{path}.lines", _("Lines are written 47 or 47-48."))
        return None
    citation = Citation(subject_id=subject.pk, source_id=source.pk, line_from=start, line_to=end)
    texts = {name: str(cite.get(name) or "") for name in ("page", "section", "about", "fact")}
    for name, text in texts.items():
        setattr(citation, name, text)
    try:
        if any(texts.values()) or max(start or 0, end or 0) > _SURE_LINE:  # where lines alone are said, all is checked
            citation.clean_fields(exclude=("subject", "source"))
    except ValidationError as fault:
        for name, said in fault.message_dict.items():
            filler.problem(f"{path}.{'lines' if name.startswith('line_') else name}", said[0])
        return None
    if start is None and not citation.page and not citation.section:
        filler.problem(path, _("Say where in the source: lines, page or section."))
        return None
    return citation


def _date(text: str, path: str, filler: Filler) -> str:
    try:
        return _PARTIAL_DATE.to_python(text)
    except ValidationError as fault:
        filler.problem(path, fault.messages[0])
        return ""


def _raise_any(filler: Filler) -> None:
    if filler.problems:
        raise InvalidContent(filler.problems)


def _digest(entry: Entry, facts: Facts) -> str:
    return journal.digest_of({"entry": {name: getattr(entry, name) for name in Entry.__slots__}, "facts": facts})
