"""One form field for each column, named by its dotted path (``parties.0.role``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from parvis.doors.desk.sheets.labels import help_of, label_of, language_label
from parvis.doors.desk.words import tongue, vocabulary
from parvis.doors.ui import spelling
from parvis.doors.ui.words import by_family, term_pairs
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.foundation.values.text import sort_key
from parvis.foundation.values.typed import Unread, Why, amount_typed, day_typed
from parvis.foundation.vocabulary import Terms
from parvis.register.fields import PartialDateField, RefField, WordsField
from parvis.register.reading import said as told

#: Columns the sheet does not show: they are the record's own bookkeeping.
HIDDEN = frozenset({"id", "subject", "owner", "position", "line_from", "line_to", "chosen_by", "chosen_at"})
#: Words of several languages that are a few words long, and need no box of several lines.
_SHORT_WORDS = frozenset({"called", "role", "label", "publisher", "set", "asked_by", "given_by"})
_CHOSEN_FROM = {"country": "countries", "unit": "units", "matter": "matters", "discipline": "disciplines"}
#: A number as the database reads it, and how many decimals an amount of money has there.
_PLAIN = re.compile(r"^-?\d+(\.\d+)?$")
_OF_MONEY = 2
#: A whole number as a record holds it. Anything else stays as it was typed, for the record to refuse.
_WHOLE = re.compile(r"^(0|-?[1-9][0-9]{0,17})$")
#: The column that holds a rate of the law, and the share from which a number without a sign may mean per cent.
_RATE = "rate"
_LOWEST_UNSURE = Decimal("0.1")
_NAMED = re.compile(r"\(([-\w]+)\)\s*$")


class RefCell(forms.CharField):
    """A tie to another record, shown by its title and its key: ``Mexico (mexico-city)``. It cleans to the key."""

    size = "medium"

    def __init__(self, nouns: Sequence[str] = (), *, required: bool = False, **more: Any) -> None:
        self.nouns = tuple(nouns)
        self.titles: Mapping[str, str] = {}
        attrs = {"autocomplete": "off", "data-parvis-choose": " ".join(nouns) or "any", "spellcheck": "false"}
        super().__init__(required=required, widget=forms.TextInput(attrs=attrs), **more)

    def prepare_value(self, value: Any) -> Any:
        return named(value, self.titles)

    def to_python(self, value: Any) -> str:
        return key_in(super().to_python(value))


class KeysWidget(forms.Widget):
    """One box for each record of a list, and an empty one to add another."""

    template_name = "desk/widgets/keys.html"

    def __init__(self, nouns: Sequence[str] = ()) -> None:
        super().__init__()
        self.nouns = " ".join(nouns) or "any"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"nouns": self.nouns, "told_by": context["widget"]["attrs"].get("aria-describedby", "")}
        return context

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        given = given.split() if isinstance(given, str) else given
        return [str(one).strip() for one in given if str(one).strip()]

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        return name not in data

    def format_value(self, value: Any) -> list[str]:
        return list(value or ())


class NumberCell(forms.CharField):
    """A number as people write it: 45 000,00 as well as 45000.00. It cleans to what a data file would hold.

    An amount of money is shown as its reader writes it, where that is read back as the same.
    """

    def __init__(self, field: models.Field[Any, Any], **more: Any) -> None:
        self.places = getattr(field, "decimal_places", 0)
        super().__init__(required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **more)

    def prepare_value(self, value: Any) -> Any:
        if not _PLAIN.match(str(value)):
            return value
        shown = self.spelt(Decimal(str(value)))
        try:
            return shown if self.to_python(shown) == value else value
        except ValidationError:
            return value

    def as_read(self, value: Any) -> str:
        """A value for reading alone: 50000 and 50000.00 are spelt the same; what is not exact so, as it was typed."""
        if not _PLAIN.match(str(value)):
            return "" if value is None else str(value)
        number = Decimal(str(value))
        shown = self.spelt(number)
        try:
            return shown if Decimal(self.to_python(shown)) == number else str(value)
        except (ValidationError, InvalidOperation):
            return str(value)

    def spelt(self, number: Decimal) -> str:
        return spelling.amount(number, tongue()) if self.places == _OF_MONEY else str(number)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        bare = "".join(typed.split())
        if not bare or _PLAIN.match(bare):
            return bare
        if self.places != _OF_MONEY:
            return bare.replace(",", ".", 1)
        try:
            return str(amount_typed(typed))
        except Unread as unread:
            raise ValidationError(told(unread)) from unread


class RateCell(NumberCell):
    """A rate of the law: shown and read as 1 %, read as the share 0.01 too. Without a sign, 0.5 is asked again."""

    def spelt(self, number: Decimal) -> str:
        return spelling.rate(number, tongue())

    def to_python(self, value: Any) -> str:
        read = super().to_python(value)
        bare, sign, more = read.partition("%")
        if not _PLAIN.match(bare) or more:
            return read
        number = Decimal(bare)
        if not sign:
            if _LOWEST_UNSURE <= number <= 1:
                unsure = Unread(Why.TWO_MEANINGS, one=self.spelt(number), other=self.spelt(number / 100))
                raise ValidationError(told(unsure))
            return read
        share = number.scaleb(-2)
        exact = round(share, self.places)
        return f"{exact if exact == share else share:f}"


class DayCell(forms.CharField):
    """A date as far as it is known: 2015, 2015-05, 2015-03/2015-05; a whole day as people write it."""

    def to_python(self, value: Any) -> str:
        typed = str(super().to_python(value) or "").strip()
        try:
            return day_typed(typed).isoformat()
        except Unread as unread:
            if unread.why in (Why.EMPTY, Why.NOT_A_DAY):
                return typed  # a year, a month, a span: the record's own field reads it, or says why not
            raise ValidationError(told(unread)) from unread


class KeysCell(forms.Field):
    """Ties to several records, in order."""

    size = "wide"

    def __init__(self, nouns: Sequence[str] = (), **more: Any) -> None:
        self.titles: Mapping[str, str] = {}
        super().__init__(required=False, widget=KeysWidget(nouns), **more)

    def prepare_value(self, value: Any) -> list[str]:
        return [named(one, self.titles) for one in value or ()]

    def to_python(self, value: Any) -> list[str]:
        return [key_in(one) for one in value or ()]


class TermCell(forms.ChoiceField):
    """One term of a list of the vocabulary; a code the list has lost stays readable."""

    size = "short"

    def admit(self, code: Any) -> None:
        if code and not self.valid_value(code):
            self.choices = [*offered(self), (code, code)]


class TermsWidget(forms.CheckboxSelectMultiple):
    """Boxes to tick, those of each family under its heading."""

    template_name = "desk/widgets/terms.html"


class TermsCell(forms.MultipleChoiceField):
    """Terms of a list of the vocabulary."""

    size = "wide"

    def __init__(self, terms: Terms, **more: Any) -> None:
        super().__init__(choices=term_choices(terms), required=False, widget=TermsWidget, **more)

    def admit(self, codes: Any) -> None:
        lost = [code for code in codes or () if not self.valid_value(code)]
        self.choices = [*offered(self), *((code, code) for code in lost)]


def offered(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    return list(field.choices)  # type: ignore[arg-type]  # our own lists are pairs


def pairs(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    """Every code a field offers with its label, those of families too."""
    found: list[tuple[Any, Any]] = []
    for code, said in offered(field):
        found += said if isinstance(said, list | tuple) else [(code, said)]
    return found


def named(value: Any, titles: Mapping[str, str]) -> Any:
    """A key with the title it stands for, as a person reads it."""
    return f"{titles[value]} ({value})" if value in titles and titles[value] != value else value


def key_in(text: Any) -> str:
    """The key in ``Mexico (mexico-city)``; other words as they stand."""
    found = _NAMED.search(str(text or ""))
    return found[1] if found else str(text or "").strip()


def term_choices(terms: Terms) -> list[tuple[str, Any]]:
    """The terms of a list in their order; under the heading of each family, where the list has families."""
    return by_family(terms) or term_pairs(terms)


def cells_of(field: models.Field[Any, Any], path: str) -> dict[str, forms.Field]:
    """The form fields of one column; several for words in several languages."""
    if isinstance(field, WordsField):
        return words_cells(label_of(field), path, area=field.name not in _SHORT_WORDS)
    return {path: _cell(field)}


def words_cells(label: str, path: str, *, area: bool = True) -> dict[str, forms.Field]:
    """A text in each language."""
    return {
        f"{path}.{language}": text_cell(f"{label} ({language_label(language)})", area=area) for language in LANGUAGES
    }


def _cell(field: models.Field[Any, Any]) -> forms.Field:
    said: dict[str, Any] = {"label": capfirst(label_of(field)), "help_text": help_of(field)}
    if isinstance(field, RefField):
        return RefCell(field.nouns, **said)
    if field.name in _CHOSEN_FROM or field.choices:
        return _one_of(field, said)
    if isinstance(field, models.BooleanField):
        return _sized(forms.BooleanField(required=False, **said), "short")
    if isinstance(field, ArrayField):
        return TermsCell(_terms_of(field), **said)
    if isinstance(field, models.JSONField):
        return text_cell(area=True, **said)
    return _typed(field, said)


def _typed(field: models.Field[Any, Any], said: dict[str, Any]) -> forms.Field:
    """A box to type in."""
    if isinstance(field, models.IntegerField | models.DecimalField):
        return _sized((RateCell if field.name == _RATE else NumberCell)(field, **said), "short")
    if isinstance(field, PartialDateField):
        return _sized(DayCell(required=False, **said), "short")
    return _sized(text_cell(**said), "short" if isinstance(field, models.DateTimeField) else "medium")


def _terms_of(field: models.Field[Any, Any]) -> Terms:
    """The list a column of several terms chooses from."""
    words = vocabulary()
    lists = {"applicants": words.kinds["body"], "guards": words.states["workflow.guard"], "goals": words.sdg_goals}
    return (lists | {"groups": words.target_groups}).get(field.name, words.areas)


def _one_of(field: models.Field[Any, Any], said: dict[str, Any]) -> forms.Field:
    if field.name in _CHOSEN_FROM:
        return _term(getattr(vocabulary(), _CHOSEN_FROM[field.name]), said)
    choices = [("", "—"), *((code, capfirst(str(name))) for code, name in field.choices or () if code)]
    return _sized(forms.ChoiceField(choices=choices, required=False, **said), "short")


def _term(terms: Terms, said: Mapping[str, Any]) -> TermCell:
    known = sorted(term_pairs(terms), key=lambda choice: sort_key(choice[1], tongue()))
    return TermCell(choices=[("", "—"), *known], required=False, **said)


def _sized(cell: forms.Field, size: str) -> forms.Field:
    cell.size = size  # type: ignore[attr-defined]  # read by the layout
    return cell


def text_cell(label: str, *, area: bool = False, required: bool = False, help_text: str = "") -> forms.CharField:
    """A plain field for a text."""
    attrs = {"rows": 2} if area else {}
    widget = (forms.Textarea if area else forms.TextInput)(attrs=attrs)
    return forms.CharField(label=capfirst(label), required=required, widget=widget, help_text=help_text)


def short_cell(label: str, help_text: str = "") -> forms.Field:
    """A plain field for a date, a number, a mark."""
    return _sized(text_cell(label, help_text=help_text), "short")


def written(field: models.Field[Any, Any] | None, value: Any) -> Any:
    """How a value stands in its form field."""
    if isinstance(value, dict) and not isinstance(field, WordsField):
        return "\n".join(f"{name}: {_in_each_language(text)}" for name, text in value.items())
    return value


def read(field: models.Field[Any, Any], value: Any) -> Any:
    """The value a form field holds, as it would stand in a data file."""
    if isinstance(field, models.JSONField) and not isinstance(field, ArrayField):
        pairs = (line.partition(":") for line in str(value or "").splitlines() if line.strip())
        read_as = _by_language if field.name == "options" else str.strip
        return {name.strip(): read_as(text) for name, _colon, text in pairs}
    if isinstance(field, models.IntegerField) and _WHOLE.match(str(value)):
        return int(value)
    return value


def _in_each_language(text: Any) -> str:
    """Words of several languages on one line, ``Printemps | Spring``; other words as they stand."""
    if not isinstance(text, Mapping):
        return str(text)
    return " | ".join(text.get(language, "") for language in LANGUAGES).rstrip(" |")


def _by_language(text: str) -> dict[str, str]:
    parts = zip(LANGUAGES, (part.strip() for part in text.split("|")), strict=False)
    return {language: words for language, words in parts if words}
