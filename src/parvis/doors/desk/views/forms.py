"""Short forms of the desk: a statement, a step in a record's life. The register and the rooms decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.doors.desk.sheets import cells
from parvis.doors.desk.sheets.labels import HELP, head_label, language_label, part_label
from parvis.doors.desk.sheets.meaning import settle_refs
from parvis.doors.desk.words import tongue, vocabulary
from parvis.exchange.formats.codes.reading import codes
from parvis.exchange.formats.codes.told import LISTS, words_of
from parvis.foundation.values import in_language
from parvis.register.enums import AmountKind, AsOfBasis, Qualifier
from parvis.register.errors import InvalidContent
from parvis.register.properties import properties_of

_DATE = gettext_lazy("2015, 2015-05, 2015-05-09 or 2013/2016")
_WRITTEN = ("fr", "en")


class StatementForm(forms.Form):
    """A statement as a form; the register decides whether it holds."""

    property = forms.ChoiceField(label=gettext_lazy("What is said"))
    aid_term = forms.ChoiceField(
        label=gettext_lazy("As aid, in the words of the DAC"),
        required=False,
        help_text=gettext_lazy("Chosen here, nothing else is to be written: the standards are made from it."),
    )
    number = forms.CharField(
        label=gettext_lazy("Number"),
        required=False,
        help_text=gettext_lazy("Or write it in words below, not both."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    number_to = forms.CharField(label=gettext_lazy("Up to, for a range"), required=False)
    qualifier = forms.ChoiceField(
        label=gettext_lazy("Word before the number"), choices=[("", "—"), *Qualifier.choices], required=False
    )
    unit = cells.TermCell(label=gettext_lazy("Unit"), required=False)
    amount_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of amount"), choices=[("", "—"), *AmountKind.choices], required=False
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), max_length=3, required=False, help_text="EUR, USD…")
    words_fr = forms.CharField(label="", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    words_en = forms.CharField(label="", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    scope_fr = forms.CharField(label="", required=False)
    scope_en = forms.CharField(label="", required=False)
    as_of = forms.CharField(label=gettext_lazy("As of"), required=False, help_text=_DATE)
    as_of_basis = forms.ChoiceField(label=gettext_lazy("How the date is known"), choices=AsOfBasis.choices)
    source = cells.RefCell(("source",), label=gettext_lazy("Source"))
    lines = forms.CharField(label=gettext_lazy("Lines"), required=False, help_text=HELP["lines"])

    def __init__(self, noun: str, data: Any = None) -> None:
        super().__init__(data=data, auto_id="said-%s")
        self.fields["property"].choices = [  # type: ignore[attr-defined]  # it is a list of choices
            (name, in_language(known.label, tongue())[0] or name) for name, known in properties_of(noun).items()
        ]
        self._offer_aid_terms(noun)
        self.fields["unit"].choices = [("", "—"), *cells.term_choices(vocabulary().units)]  # type: ignore[attr-defined]  # the same
        for code in _WRITTEN:
            self.fields[f"words_{code}"].label = f"{_('In words')} ({language_label(code)})"
            self.fields[f"scope_{code}"].label = f"{_('What it covers')} ({language_label(code)})"

    def _offer_aid_terms(self, noun: str) -> None:
        """Every code by its list, in plain words: for what may be aid; nothing for other records."""
        known = properties_of(noun)
        language = "fr" if tongue() == "fr" else "en"
        groups = [
            (
                in_language(known[name].label, tongue())[0],
                [(f"{name} {code}", words_of(name, code)[language]) for kind, code in codes() if kind == listed],
            )
            for name, listed in LISTS.items()
            if name in known
        ]
        if groups:
            self.fields["aid_term"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]  # the same
        else:
            del self.fields["aid_term"]

    def clean(self) -> dict[str, Any]:
        settle_refs(self)
        return self.cleaned_data

    def content(self) -> dict[str, Any]:
        """The statement as it would stand in a data file."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        if chosen := said.pop("aid_term", ""):
            name, _space, code = chosen.partition(" ")
            asked = ("as_of", "as_of_basis", "source", "lines")
            kept: dict[str, Any] = {field: said[field] for field in asked if field in said}
            return {"property": name, "words": words_of(name, code), **kept}
        for name in ("words", "scope"):
            words = {code: said.pop(f"{name}_{code}") for code in _WRITTEN if f"{name}_{code}" in said}
            if words:
                said[name] = words
        return said

    def add_problems(self, refusal: InvalidContent) -> None:
        for problem in refusal.problems:
            name = problem.path.replace(".", "_")
            near = next((field for field in self.fields if field == name or field.startswith(f"{name}_")), None)
            self.add_error(near if name else None, problem.sentence)


class StepForm(forms.Form):
    """What must be said to take a step: only what this step asks for."""

    def __init__(self, asks: tuple[str, ...], data: Any = None) -> None:
        super().__init__(data=data)
        for name in asks:
            self.fields |= _asked(name)

    def clean(self) -> dict[str, Any]:
        settle_refs(self)
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """What was said, by the names the rooms give it."""
        found = dict(self.cleaned_data)
        words = {code: found.pop(f"words_{code}", "") for code in _WRITTEN}
        written = {code: text for code, text in words.items() if text}
        return found | ({"words": written} if written else {})

    def add_problems(self, refusal: InvalidContent) -> None:
        """Beside the field of the same name, whatever the line it was to be written in."""
        for problem in refusal.problems:
            last = next((step for step in problem.path.split(".")[::-1] if not step.isdigit()), "")
            near = {"record": "evidence", "by": "said_by", "signed": "day", "valid_from": "day"}.get(last, last)
            self.add_error(near if near in self.fields else None, problem.sentence)


def _asked(name: str) -> dict[str, forms.Field]:
    if name == "words":
        return {
            f"words_{code}": cells.text_cell(f"{_('In words')} ({language_label(code)})", area=True)
            for code in _WRITTEN
        }
    if name == "evidence":
        return {name: cells.KeysCell((), label=part_label(name), help_text=str(HELP["evidence"]))}
    if name == "source":
        return {name: cells.RefCell(("source",), label=head_label(name))}
    if name == "said_by":
        nouns = ("office", "body", "person", "network", "place")
        return {name: cells.RefCell(nouns, label=_("Who says so"))}
    dated = {"day": _("Day"), "ends": head_label("ends"), "until": _("Until"), "in_force_from": head_label(name)}
    if name in dated:
        return {name: cells.text_cell(dated[name], help_text=str(_DATE))}
    return {name: cells.text_cell(capfirst(head_label(name)), help_text=str(HELP.get(name, "")))}
