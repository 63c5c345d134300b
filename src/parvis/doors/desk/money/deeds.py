"""What can be done with money on a page: each deed asks its few fields, says what it lacks, and calls one action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.domain.funding.actions import Slip, Spent
from parvis.domain.funding.enums import Advice, AidPart, Condition, Direction, ReportKind
from parvis.doors.desk.access import who
from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.sheets.cells import RefCell
from parvis.doors.desk.sheets.meaning import settle_refs
from parvis.doors.desk.words import quoted, tongue
from parvis.doors.ui import spelling
from parvis.foundation.accounts.actions import note_done
from parvis.foundation.accounts.once import MARK, new_mark, was_done
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.typed import MOST_DIGITS, Unread, amount_typed, day_typed
from parvis.register import reading
from parvis.register.models import Subject

Said = dict[str, Any]


class AmountCell(forms.CharField):
    """An amount as people write it: 12 500,50 € or 12,500.50. ``signed`` lets it go down, ``digits`` grow longer."""

    size = "short"

    def __init__(self, *, signed: bool = False, digits: int = MOST_DIGITS, **more: Any) -> None:
        self.signed = signed
        self.digits = digits
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **more)

    def prepare_value(self, value: Any) -> Any:
        """An amount held is shown as its reader writes it, where that is read back as the same."""
        if not isinstance(value, Decimal):
            return value
        shown = spelling.amount(value, tongue())
        try:
            return shown if self.to_python(shown) == value else value
        except ValidationError:
            return value

    def to_python(self, value: Any) -> Any:
        typed = str(super().to_python(value) or "").strip()
        if not typed:
            return None
        less = self.signed and typed[0] in "-−"
        try:
            amount = amount_typed(typed[1:] if less else typed, digits=self.digits)
        except Unread as unread:
            raise ValidationError(f"{quoted(typed)} · {reading.said(unread)}") from unread
        return -amount if less else amount


class DayCell(forms.DateField):
    """A day as people write it. ``gone`` asks for one that has come: what is entered took place."""

    size = "short"

    def __init__(self, *, gone: bool = False, **more: Any) -> None:
        self.gone = gone
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value in self.empty_values:
            return super().to_python(value)
        try:
            return day_typed(value)
        except Unread as unread:
            raise ValidationError(f"{quoted(value)} · {reading.said(unread)}") from unread

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if self.gone and day and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet: enter it once it has."))
        return day


class SpentCell(forms.CharField):
    """Lines of a financial report, one a line: code; label; budget; actual."""

    size = "wide"

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), **more)

    def to_python(self, value: Any) -> Any:
        return [self._line(text) for text in str(value or "").splitlines() if text.strip()]

    def _line(self, text: str) -> Spent:
        cells = [cell.strip() for cell in text.split(";")]
        try:
            code, label, budget, actual = cells
            return Spent(code, label, amount_typed(budget), amount_typed(actual))
        except (ValueError, Unread) as fault:
            raise ValidationError(
                _("“%(line)s” is not read: write 60; Purchases; 1 000,00; 950,00."), params={"line": text}
            ) from fault


def _yes_no() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("Re-granting to others allowed"),
        choices=[("", "—"), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda value: value == "yes",
    )


def _choice(label: Any, choices: Sequence[tuple[str, Any]], *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=required)


#: Every field a deed may ask, by name.
FIELDS: dict[str, Callable[[], forms.Field]] = {
    "amount": lambda: AmountCell(label=gettext_lazy("Amount")),
    "more_amount": lambda: AmountCell(label=gettext_lazy("And from another envelope"), required=False),
    "value": lambda: AmountCell(label=gettext_lazy("Estimated value")),
    "change": lambda: AmountCell(label=gettext_lazy("Change of the amount (+ or −)"), signed=True, required=False),
    "base": lambda: AmountCell(label=gettext_lazy("Own resources of the service"), required=False, digits=14),
    "unspent": lambda: AmountCell(label=gettext_lazy("Left unspent"), required=False),
    "carried": lambda: AmountCell(label=gettext_lazy("Unspent, carried"), required=False),
    "base_source": lambda: forms.CharField(label=gettext_lazy("Where they are told"), required=False, max_length=200),
    "decision": lambda: RefCell(("decision",), label=gettext_lazy("Decision")),
    "levy": lambda: RefCell(("levy",), required=True, label=gettext_lazy("Levy")),
    "year": lambda: forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2100),
    "day": lambda: DayCell(label=gettext_lazy("Day"), gone=True),
    "starts": lambda: DayCell(label=gettext_lazy("From")),
    "ends": lambda: DayCell(label=gettext_lazy("To")),
    "new_end": lambda: DayCell(label=gettext_lazy("New end"), required=False),
    "number": lambda: forms.CharField(label=gettext_lazy("Number"), max_length=40),
    "reason": lambda: forms.CharField(label=gettext_lazy("Why"), max_length=300),
    "note": lambda: forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300),
    "above_asked": lambda: forms.CharField(
        label=gettext_lazy("Why more than was asked"), required=False, max_length=300,
        help_text=gettext_lazy("Only where the vote is above what was asked."),
    ),
    "regranting": _yes_no,
    "part": lambda: _choice(gettext_lazy("Part of the declaration"), AidPart.choices),
    "country": lambda: forms.CharField(
        label=gettext_lazy("Country"), required=False, max_length=2, help_text=gettext_lazy("Two letters: SN, ML.")
    ),
    "what": lambda: forms.CharField(label=gettext_lazy("What was paid for"), max_length=200),
    "told_by": lambda: forms.CharField(label=gettext_lazy("Where the figure comes from"), max_length=200),
    "reference": lambda: forms.CharField(
        label=gettext_lazy("Number given by the State"), required=False, max_length=80
    ),
    "kind": lambda: _choice(gettext_lazy("Report"), ReportKind.choices),
    "words": lambda: forms.CharField(
        label=gettext_lazy("In words"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    ),
    "lines": lambda: SpentCell(
        label=gettext_lazy("Lines: code; label; budget; actual"), required=False,
        help_text=gettext_lazy("One a line: 60; Purchases; 1 000,00; 950,00"),
    ),
    "signed_by": lambda: forms.CharField(label=gettext_lazy("Signed by"), required=False, max_length=120),
    "name": lambda: forms.CharField(label=gettext_lazy("Name"), max_length=150),
    "capacity": lambda: forms.CharField(label=gettext_lazy("Capacity"), max_length=200),
    "office": lambda: RefCell(("office",), label=gettext_lazy("In the place of the office")),
    "advice": lambda: _choice(gettext_lazy("Opinion"), Advice.choices),
    "advised_by": lambda: RefCell(("office",), required=True, label=gettext_lazy("Office that gives it")),
    "grounds": lambda: forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    ),
    "delegation": lambda: RefCell(("decision",), label=gettext_lazy("Decision that delegates the signature")),
    "verdict": lambda: _choice(
        gettext_lazy("Verdict"), [("yes", gettext_lazy("Accept")), ("no", gettext_lazy("Send back"))]
    ),
    "granted": lambda: _choice(
        gettext_lazy("Answer"), [("yes", gettext_lazy("Accept")), ("no", gettext_lazy("Refuse"))]
    ),
    "answer": lambda: forms.CharField(label=gettext_lazy("Answer to the beneficiary"), required=False, max_length=300),
    "direction": lambda: _choice(gettext_lazy("Which way"), Direction.choices),
    "remark": lambda: forms.CharField(
        label=gettext_lazy("What it lacks"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
    ),
    "settled": lambda: _choice(
        gettext_lazy("What became of it"), [("yes", gettext_lazy("Paid back")), ("no", gettext_lazy("Given up"))]
    ),
    "came_back": lambda: AmountCell(
        label=gettext_lazy("What came back"), required=False,
        help_text=gettext_lazy("Where it is a part: the claim stays open for the rest, which may be given up."),
    ),
    "contract_signed": lambda: DayCell(
        label=gettext_lazy("Republican-commitment contract signed on"), required=False, gone=True
    ),
    "contract_broken": lambda: DayCell(label=gettext_lazy("Contract broken on"), required=False, gone=True),
    "approved": lambda: forms.BooleanField(label=gettext_lazy("Approved body"), required=False),
    "public_interest": lambda: forms.BooleanField(label=gettext_lazy("Body of public interest"), required=False),
}  # fmt: skip
_ROWS = 3


@dataclass(frozen=True)
class Deed:
    """One thing that may be done here: what it is called, what it asks, what it lacks, and the action behind it."""

    code: str
    label: str
    asks: tuple[str, ...]
    act: Callable[[Said, Slip], Any]
    lacks: list[str] = field(default_factory=list)
    first: Said = field(default_factory=dict)
    envelopes: Sequence[tuple[str, str]] = ()
    #: What is done and not undone, told before the button is pressed.
    warns: str = ""
    #: The digest of the paper this is done on, where it is done on one: it travels with the form that was read.
    seen: str = ""
    #: What tells this form from the same one shown before or after: pressed twice, it is done once.
    mark: str = field(default_factory=new_mark)
    form: Any = None


class DeedForm(forms.Form):
    """What a deed asks for: only what it needs."""

    def __init__(self, deed: Deed, data: Any = None) -> None:
        super().__init__(data=data, auto_id=f"{deed.code}-%s", initial=deed.first)
        for name in deed.asks:
            self.fields |= self._asked(name, deed)
        ties = {name: cell for name, cell in self.fields.items() if isinstance(cell, RefCell)}
        titles = titles_of(str(deed.first[name]) for name in ties if deed.first.get(name))
        for cell in ties.values():
            cell.titles = titles

    def _asked(self, name: str, deed: Deed) -> dict[str, forms.Field]:
        labels = {
            "envelope": _("Envelope"),
            "other_envelope": _("Other envelope"),
            "party": _("Party"),
            "allocation": _("Allocation"),
        }
        if name in labels:
            return {name: _choice(labels[name], deed.envelopes, required=name != "other_envelope")}
        if name == "parts":
            return {key: cell for row in range(1, _ROWS + 1) for key, cell in self._row(row, deed).items()}
        return {name: FIELDS[name]()}

    def _row(self, row: int, deed: Deed) -> dict[str, forms.Field]:
        said = {"row": row}
        return {
            f"amount_{row}": AmountCell(label=_("Instalment %(row)s") % said, required=row == 1),
            f"envelope_{row}": _choice(_("Envelope"), deed.envelopes, required=row == 1),
            f"condition_{row}": _choice(_("Paid"), Condition.choices, required=row == 1),
            f"day_{row}": DayCell(label=_("Not before"), required=False),
        }

    def clean(self) -> Said:
        settle_refs(self)
        for name, cell in self.fields.items():
            if isinstance(cell, RefCell) and self.cleaned_data.get(name):
                self._look_up(name, cell.nouns)
        return self.cleaned_data

    def _look_up(self, name: str, nouns: Sequence[str]) -> None:
        """Refuse a key that names no such record: it is never taken for an empty cell. A decision is handed over."""
        key = self.cleaned_data[name]
        found = Subject.objects.filter(key=key, noun__in=nouns, revision__gte=1).first()
        if found is None:
            of_councils, other = _("No decision has the key “%(key)s”."), _("No record has the key “%(key)s”.")
            self.add_error(name, (of_councils if "decision" in nouns else other) % {"key": key})
        if name == "decision":
            self.cleaned_data[name] = found


def offered(deeds: Sequence[Deed], request: HttpRequest) -> tuple[list[Deed], str]:
    """The deeds with their forms; the one that was asked for is done. Says which was done, if one was."""
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    done, shown = "", []
    for deed in deeds:
        form = DeedForm(deed, request.POST if asked == deed.code else None)
        if asked == deed.code and not deed.lacks and form.is_valid() and _done(deed, form, request):
            done = deed.label
        object.__setattr__(deed, "form", form)
        shown.append(deed)
    return shown, done


def _done(deed: Deed, form: DeedForm, request: HttpRequest) -> bool:
    said, at, mark = dict(form.cleaned_data), timezone.now(), request.POST.get(MARK, "")
    try:
        with transaction.atomic():
            if not was_done(request.session, mark):
                deed.act(said, _slip(said, request, at))
                note_done(session=request.session, mark=mark)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as fault:
        form.add_error(None, " ".join(fault.messages))
    else:
        return True
    return False


def _slip(said: Said, request: HttpRequest, at: datetime) -> Slip:
    day, why = said.get("day") or timezone.localdate(), said.get("reason") or said.get("note") or ""
    decision: Any = said.get("decision") or None
    return Slip(decision=decision, day=day, by=who(request), at=at, reason=str(why))
