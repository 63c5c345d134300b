"""Filling the columns and the lines of a record from its facts, and saying all that is wrong at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from parvis.register.errors import Problem
from parvis.register.fields import RefField
from parvis.register.models import Part, Record, Source, Statement, Subject

_AT_ONCE = 5000
#: What Django calls a column that must say something, and says nothing.
_MISSING = ("null", "blank")
#: What Django calls a value, or one of a list, that is none of those there are.
_UNCHOSEN = ("invalid_choice", "item_invalid")
_OWN = ("id", "subject", "owner", "position", "line_from", "line_to")


class Filler:
    """Fills records from facts and gathers the problems met. Resolves keys to subjects, each once.

    ``sure`` are ties whose other end is known to be there: the database is not asked for it row after row.
    """

    def __init__(self, sure: Iterable[str] = ()) -> None:
        self.problems: list[Problem] = []
        self._sure = frozenset({"subject", "owner", *sure})
        self._subjects: dict[str, Subject | None] = {}
        self._sources: dict[int, bool] = {}

    def fill(self, row: models.Model, facts: Mapping[str, Any], path: str = "") -> dict[str, Sequence[Any]]:
        """Set the columns of a row; return what was said of its parts, for after it is saved."""
        parts: dict[str, Sequence[Any]] = {}
        for name, value in facts.items():
            where = f"{path}{name}"
            if name in getattr(row, "parts", ()):
                parts[name] = self._lines_of(value, where)
            elif name == "lines" and hasattr(row, "line_from"):
                self._set_lines(row, value, where)
            else:
                self._set(row, name, value, where)
        self._check(row, path)
        return parts

    def save_parts(self, owner: Record | Part, parts: Mapping[str, Sequence[Any]], path: str = "") -> None:
        """Write the lines of a saved record, in order, and the lines of these."""
        for name, lines in parts.items():
            model: Any = owner._meta.get_field(name).related_model
            sound: list[tuple[Part, str, dict[str, Sequence[Any]]]] = []
            for position, line in enumerate(lines):
                row: Part = model(owner=owner, position=position)
                where = f"{path}{name}.{position}."
                deeper = self.fill(row, self._as_mapping(model, line, where), where)
                if not self.problems:
                    sound.append((row, where, deeper))
            self._save_lines(model, sound)

    def _save_lines(self, model: type[Part], lines: Sequence[tuple[Part, str, dict[str, Sequence[Any]]]]) -> None:
        """All lines at once; one by one where the database refuses, to say which of them it refused."""
        if not lines:
            return
        try:
            with transaction.atomic():
                model._default_manager.bulk_create([row for row, _where, _deeper in lines])
        except IntegrityError:
            refused = [where for row, where, _deeper in lines if not self.save(row, where, force_insert=True)]
            if not refused:
                raise
            return
        for row, where, deeper in lines:
            self.save_parts(row, deeper, where)

    def save(self, row: models.Model, path: str = "", **how: Any) -> bool:
        """Save a row; when the database refuses it, say which of its rules was broken, in words."""
        try:
            with transaction.atomic():
                row.save(**how)
        except IntegrityError:
            told = len(self.problems)
            self._tell(type(row), row.validate_constraints, path)
            if len(self.problems) == told:
                raise
            return False
        return True

    def subject(self, key: str) -> Subject | None:
        if key not in self._subjects:
            self._subjects[key] = Subject.objects.filter(key=key).first()
        return self._subjects[key]

    def is_source(self, subject: Subject) -> bool:
        if subject.pk not in self._sources:
            self._sources[subject.pk] = Source.objects.filter(pk=subject.pk).exists()
        return self._sources[subject.pk]

    def foresee(self, keys: Iterable[str]) -> None:
        """Look many keys up at once, those that are none included."""
        wanted = sorted(set(keys) - set(self._subjects))
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            found = {subject.key: subject for subject in Subject.objects.filter(key__in=some)}
            self._subjects |= {key: found.get(key) for key in some}

    def knows(self, subjects: Iterable[Subject]) -> None:
        """Take these as they were just read."""
        self._subjects |= {subject.key: subject for subject in subjects}

    def problem(self, path: str, sentence: Any) -> None:
        self.problems.append(Problem(path, sentence))

    def hold(self, check: Callable[[Any], None], value: Any, path: str) -> None:
        """Note what a check says of a value that stands in no column of its own."""
        try:
            check(value)
        except ValidationError as fault:
            self._say(path, fault)

    def _lines_of(self, value: Any, where: str) -> Sequence[Any]:
        if value in (None, ""):
            return ()
        if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
            self.problem(where, _("A list is expected here."))
            return ()
        return value

    def _as_mapping(self, model: type[Part], line: Any, where: str) -> Mapping[str, Any]:
        if isinstance(line, Mapping):
            return line
        if model.lone:
            return {model.lone: line}
        self.problem(where.rstrip("."), _("Fields are expected here, each with its value."))
        return {}

    def _set(self, row: models.Model, name: str, value: Any, where: str) -> None:
        field: Any
        try:
            field = row._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        if field is None or name in _OWN or not getattr(field, "editable", False):
            self.problem(where, _("There is no such field here."))
        elif isinstance(field, RefField):
            self._set_ref(row, field, value, where)
        elif isinstance(field, models.ForeignKey):
            self._set_statement(row, field, value, where)
        else:
            try:
                setattr(row, name, field.to_python(_empty_of(field) if value is None else value))
            except ValidationError as fault:
                self._say(where, fault)

    def _set_ref(self, row: models.Model, field: RefField, value: Any, where: str) -> None:
        if value in (None, ""):
            setattr(row, field.name, None)
            return
        subject = self.subject(str(value))
        if subject is None:
            self.problem(where, _("No record has the key “%(key)s”.") % {"key": value})
        setattr(row, field.name, subject)

    def _set_statement(self, row: models.Model, field: models.Field[Any, Any], value: Any, where: str) -> None:
        if field.related_model is not Statement:
            self.problem(where, _("There is no such field here."))
            return
        key, _hash, fact = str(value).partition("#")
        found = Statement.objects.held().filter(subject__key=key, fact=fact).first()
        if found is None:
            self.problem(where, _("No statement about “%(key)s” restates “%(fact)s”.") % {"key": key, "fact": fact})
        setattr(row, field.name, found)

    def _set_lines(self, row: Any, value: Any, where: str) -> None:
        try:
            row.line_from, row.line_to = lines_of(value)
        except ValueError:
            self.problem(where, _("Lines are written 47 or 47-48."))

    def _check(self, row: models.Model, path: str) -> None:
        if self.problems:
            return
        whole = partial(row.full_clean, self._sure, validate_unique=False, validate_constraints=False)
        self._tell(type(row), whole, path)

    def tell_the_rest(self, row: models.Model, unread: Iterable[str] = ()) -> None:
        """Besides what is told already: columns and rules of the row that stand on none of these, nor on the unread."""
        told = {problem.path.partition(".")[0] for problem in self.problems}
        self._tell(type(row), partial(row.full_clean, {*self._sure, *told, *unread}, validate_unique=False), "")

    def _tell(self, model: type[models.Model], check: Callable[[], None], path: str) -> None:
        try:
            check()
        except ValidationError as fault:
            for name, faults in fault.error_dict.items():
                where = path.rstrip(".") if name == "__all__" else f"{path}{name}"
                for one in faults:
                    for sentence in _told(model, name, one):
                        self.problem(where, sentence)

    def _say(self, where: str, fault: ValidationError) -> None:
        for sentence in fault.messages:
            self.problem(where, sentence)


def keys_named(model: Any, facts: Mapping[str, Any]) -> Iterator[str]:
    """Keys of other records that a record names, in its columns and in its lines."""
    for field in model._meta.concrete_fields:
        if isinstance(field, RefField) and facts.get(field.name) not in (None, ""):
            yield str(facts[field.name])
    for name in getattr(model, "parts", ()):
        part, lines = model._meta.get_field(name).related_model, facts.get(name)
        for line in lines if isinstance(lines, list | tuple) else ():
            yield from keys_named(part, line if isinstance(line, Mapping) else {part.lone: line})


def _told(model: type[models.Model], name: str, fault: ValidationError) -> list[str]:
    """What a check says; of a value that is none of those there are, in the words of the house: which, and of which."""
    if fault.code in _MISSING:
        return [_("Fill this in: the record is not kept without it.")]
    if fault.code not in _UNCHOSEN:
        return fault.messages
    field: Any = model._meta.get_field(name)
    known = [str(code) for code, _word in getattr(field, "base_field", field).flatchoices]
    value = str((fault.params or {}).get("value", ""))
    if not known or value in known:
        return fault.messages
    return [_("“%(value)s” is not one of: %(known)s.") % {"value": value, "known": ", ".join(known)}]


def lines_of(value: Any) -> tuple[int | None, int | None]:
    """Read ``47`` or ``47-48``. Raises ValueError for anything else."""
    if value in (None, ""):
        return None, None
    start, _dash, end = str(value).partition("-")
    first = int(start)
    last = int(end) if end else None
    if first < 1 or (last is not None and last < first):
        raise ValueError(value)
    return first, last


def _empty_of(field: models.Field[Any, Any]) -> Any:
    return None if field.null else field.get_default()
