"""How a new call begins: from the last edition of another or from a kind, with its title and its moments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.domain.funding.models import Call
from parvis.domain.funding.queries.beginning import last_editions
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.sheets import cells
from parvis.doors.desk.sheets.labels import HELP, text_label
from parvis.doors.desk.sheets.refusals import column_of_rule
from parvis.doors.desk.words import vocabulary
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.typed import Unread, moment_typed
from parvis.register.errors import InvalidContent
from parvis.register.reading import said

_AFTER, _KIND = "after:", "kind:"


class BeginForm(forms.Form):
    """What is asked before a call is composed; all the rest is taken over, and changed in the editor."""

    base = forms.ChoiceField(
        label=gettext_lazy("Begin from"),
        help_text=gettext_lazy(
            "The amounts, the bodies it is for, the form, the criteria and the workflow are taken over. You change "
            "them next."
        ),
    )

    def __init__(self, data: Any = None, *, after: str = "") -> None:
        super().__init__(data=data, initial={"base": f"{_AFTER}{after}"} if after else None)
        self.editions = {call.key: call for call in last_editions()}
        self.fields["base"].choices = [("", "—"), *self._bases()]  # type: ignore[attr-defined]  # a list of choices
        self.fields["base"].size = "wide"  # type: ignore[attr-defined]  # read by the layout
        self.fields |= cells.words_cells(text_label("title"), "title", area=False)
        self.fields |= {
            "opens_at": cells.text_cell(_("Opens at"), help_text=str(HELP["opens_at"])),
            "closes_at": cells.text_cell(_("Closes at"), help_text=str(HELP["closes_at"])),
        }

    def clean_opens_at(self) -> datetime | None:
        return self._moment("opens_at")

    def clean_closes_at(self) -> datetime | None:
        return self._moment("closes_at")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("base", "").startswith(_KIND) and not self._title():
            self.add_error(f"title.{LANGUAGES[0]}", _("Write a title in one language at least."))
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """What begins, by the names the room gives it. Call it on a valid form."""
        base = self.cleaned_data["base"]
        return {
            "follows": self.editions.get(base.removeprefix(_AFTER)) if base.startswith(_AFTER) else None,
            "kind": base.removeprefix(_KIND) if base.startswith(_KIND) else "",
            "title": self._title(),
            "opens_at": self.cleaned_data["opens_at"],
            "closes_at": self.cleaned_data["closes_at"],
        }

    def add_refusal(self, refusal: Refusal) -> None:
        """Say a refusal beside its field, or at the top."""
        if not isinstance(refusal, InvalidContent):
            self.add_error(None, str(refusal))
            return
        for problem in refusal.problems:
            beside = problem.path or column_of_rule(Call, str(problem.sentence))
            self.add_error(beside if beside in self.fields else None, str(problem.sentence))

    def _bases(self) -> list[tuple[str, Any]]:
        editions = [(f"{_AFTER}{key}", _named(call)) for key, call in self.editions.items()]
        kinds = [(f"{_KIND}{code}", label) for code, label in cells.term_choices(vocabulary().kinds[Call.noun])]
        groups = [(_("The next edition of"), editions), (_("A first call of this kind"), kinds)]
        return [(heading, choices) for heading, choices in groups if choices]

    def _title(self) -> dict[str, str]:
        words = {code: (self.cleaned_data.get(f"title.{code}") or "").strip() for code in LANGUAGES}
        return {code: text for code, text in words.items() if text}

    def _moment(self, name: str) -> datetime | None:
        typed = (self.cleaned_data.get(name) or "").strip()
        try:
            return moment_typed(typed, timezone.get_default_timezone_name()) if typed else None
        except Unread as unread:
            raise ValidationError(said(unread)) from unread


def _named(call: Call) -> str:
    title = title_of(call.subject)
    return title if not call.edition or call.edition in title else f"{title} · {call.edition}"
