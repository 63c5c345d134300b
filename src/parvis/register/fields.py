"""Columns the rooms share: a date known in part, words in several languages, a tie to another record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.foundation.publishing.tables import LANGUAGES
from parvis.foundation.values.partial_date import PartialDate
from parvis.foundation.values.typed import Unread, moment_typed
from parvis.register.reading import number_said, said

if TYPE_CHECKING:  # Django's own fields take no type arguments when they run
    _Char = models.CharField[str, str]
    _Key = models.ForeignKey[Any, Any]
    _Moment = models.DateTimeField[Any, Any]
else:
    _Char, _Key, _Moment = models.CharField, models.ForeignKey, models.DateTimeField


#: Signs of one text of a record: thirty pages. A longer one is a document, and is cited as a source.
LONGEST_TEXT = 60_000


def refuse_overlong(text: str, most: int = LONGEST_TEXT) -> None:
    """Raises ValidationError for a text that is too long to be one: it stays with its writer, whole."""
    if len(text) > most:
        numbers = {"over": len(text) - most, "most": most, "now": len(text)}
        raise ValidationError(
            _("Too long: %(over)s too many, %(most)s characters at most, there are %(now)s. Nothing was cut."),
            params={name: number_said(number) for name, number in numbers.items()},
        )


class PartialDateField(_Char):
    """A date as precise as its source, kept as text; an empty text is a date not known.

    The text compares by its earliest day (``2015`` < ``2015-05`` < ``2015-05-09``), so that filters
    on a day work in the database. An interval keeps both its ends.
    """

    description = _("Date known in part")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 21)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        if value in (None, ""):
            return ""
        try:
            return str(PartialDate.parse(value))
        except ValueError as fault:
            raise ValidationError(
                _("“%(value)s” is not a date: write 2015, 2015-05, 2015-05-09 or 2013/2016."),
                params={"value": value},
            ) from fault


class MomentField(_Moment):
    """A moment, written as the city's own clock shows it: ``2027-03-31 17:00``."""

    description = _("Moment of the city's clock")

    def to_python(self, value: Any) -> datetime | None:
        if value in (None, ""):
            return None
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        try:
            return moment_typed(value, timezone.get_default_timezone_name())
        except Unread as unread:
            raise ValidationError(said(unread)) from unread

    @staticmethod
    def written(moment: datetime) -> str:
        """The moment as it would be typed again."""
        local = timezone.localtime(moment, timezone.get_default_timezone())
        return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")


class WordsField(models.JSONField):
    """A short text in one or several languages: ``{"fr": …, "en": …}``."""

    description = _("Words in several languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        value = {} if value in (None, "") else value
        if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
            raise ValidationError(_("Write a text for each language."))
        odd = sorted(set(value) - set(LANGUAGES))
        if odd:
            raise ValidationError(_("Unknown language: %(odd)s."), params={"odd": ", ".join(odd)})
        for text in value.values():
            refuse_overlong(text)
        return super().clean({code: text.strip() for code, text in value.items() if text.strip()}, model_instance)


class ChoicesField(models.JSONField):
    """What one may choose from, by code, in the order it was written: the database keeps no order of keys."""

    def get_prep_value(self, value: Any) -> Any:
        return [list(pair) for pair in value.items()] if isinstance(value, Mapping) else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        held = super().from_db_value(value, expression, connection)
        return dict(held) if isinstance(held, list) else held


class RefField(_Key):
    """A tie to another record, by its subject. ``nouns`` says which kinds of record it may name."""

    description = _("Another record")

    def __init__(self, to: Any = "register.Subject", on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        self.nouns: tuple[str, ...] = tuple(kwargs.pop("nouns", ()))
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if model_instance is not None and self.is_cached(model_instance):  # it was just read: no need to ask again
            models.Field.validate(self, value, model_instance)
        else:
            super().validate(value, model_instance)
        found = getattr(model_instance, self.name, None)
        if found is not None and self.nouns and found.noun not in self.nouns:
            raise ValidationError(
                _("“%(key)s” is a %(noun)s; one of these is expected: %(nouns)s."),
                params={"key": found.key, "noun": found.noun, "nouns": ", ".join(self.nouns)},
            )
