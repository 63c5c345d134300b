"""The editor of a call: its parts as an officer reads them, and what a posted form says of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from parvis.domain.funding.enums import WITH_COLUMNS, Carried, FieldType, ReportKind
from parvis.domain.funding.queries import composing
from parvis.domain.funding.queries.composing import Content, Row
from parvis.domain.funding.queries.forms import signs_over
from parvis.doors.ui.words import tongue, vocabulary
from parvis.foundation.publishing.tables import LANGUAGES

#: The pages of the editor: the list each shows, and the report it belongs to.
PAGES = {
    "terms": ("", ""),
    "form": ("fields", ""),
    "criteria": ("criteria", ""),
    "documents": ("documents", ""),
    "narrative": ("fields", ReportKind.NARRATIVE.value),
    "financial": ("fields", ReportKind.FINANCIAL.value),
}
TITLES = {
    "terms": gettext_lazy("Who, when, how much"),
    "form": gettext_lazy("Application form"),
    "criteria": gettext_lazy("Criteria and weights"),
    "documents": gettext_lazy("Documents asked for"),
    "narrative": gettext_lazy("Narrative report"),
    "financial": gettext_lazy("Financial report"),
}
#: What each kind of question is for, as one would say it to a colleague.
KINDS = {
    FieldType.TEXT: gettext_lazy("One line: a name, a title. 300 characters unless you say otherwise."),
    FieldType.AREA: gettext_lazy("A text of several lines: a description, a reason."),
    FieldType.AMOUNT: gettext_lazy("A sum of money, read as people write it: 12 500, 12.500,00, €12,500."),
    FieldType.COUNT: gettext_lazy("A number without decimals: people, days, wells."),
    FieldType.DAY: gettext_lazy("A date, typed in any usual form."),
    FieldType.YES_NO: gettext_lazy("Two answers. Other questions may wait for one of them."),
    FieldType.CHOICE: gettext_lazy("One answer from a list that you write."),
    FieldType.SEVERAL: gettext_lazy("As many answers as apply, from a list that you write."),
    FieldType.EMAIL: gettext_lazy("An address to write to, checked for its shape."),
    FieldType.ROWS: gettext_lazy("A table that people fill line by line: partners, stages. You add its columns next."),
    FieldType.COFUNDING: gettext_lazy("Who pays, line by line. Its amounts must add up to the income of the budget."),
    FieldType.BUDGET: gettext_lazy("The costs and income of the project, which must balance. One in a form."),
    FieldType.PLACES: gettext_lazy("Towns and countries, found by name and shown on a map."),
    FieldType.SDG: gettext_lazy("Targets of the 2030 Agenda, ticked in a list."),
}
_PLAIN = (
    FieldType.TEXT, FieldType.AREA, FieldType.AMOUNT, FieldType.COUNT, FieldType.DAY, FieldType.YES_NO,
    FieldType.CHOICE, FieldType.EMAIL,
)  # fmt: skip
#: Lines offered empty where answers to choose from are written.
_SPARE = 3
#: What each field of a part is called where a refusal leads to it, and the place in the page.
BESIDE = {
    "words": (gettext_lazy("Words"), "w-fr"),
    "help": (gettext_lazy("Help, shown under it"), "h-fr"),
    "type": (gettext_lazy("How it is answered"), "type"),
    "section": (gettext_lazy("Page"), "section"),
    "bounds": (gettext_lazy("Bounds"), "least"),
    "options": (gettext_lazy("Answers to choose from"), "options"),
    "shown": (gettext_lazy("When it is shown"), "shown"),
    "weight": (gettext_lazy("Weight"), "weight"),
}
#: Signs of a question, a criterion, an answer, in one language.
_LONGEST_WORDS = 2000


def tabs(here: str) -> list[tuple[str, Any, bool]]:
    return [(code, title, code == here) for code, title in TITLES.items()]


def kinds_for(report: str, *, in_lines: bool, now: str = "") -> list[tuple[str, Any, Any]]:
    """The kinds a question may have there: (code, label, what it is for)."""
    alone = (*WITH_COLUMNS, FieldType.BUDGET, FieldType.PLACES, FieldType.SDG)
    kinds = _PLAIN if report else [kind for kind in FieldType if not (in_lines and kind in alone)]
    if now in FieldType.values and now not in kinds:
        kinds = [*kinds, FieldType(now)]
    return [(kind.value, kind.label, KINDS[kind]) for kind in kinds]


def pages_of(content: Content, report: str) -> list[dict[str, Any]]:
    """The pages of a form with their questions, each told in words."""
    rows = composing.rows_of(content, "fields", report)
    pages = composing.rows_of(content, "sections", report)
    found = []
    for page in pages:
        told = _told(page, pages)
        asked = [row for row in rows if row["section"] == page["code"] and not row.get("within")]
        questions = [question_told(content, report, row, rows) for row in asked]
        for one in questions:  # the first of a page goes up to the page before, where there is one
            one |= {"first": one["first"] and told["first"], "last": one["last"] and told["last"]}
        found.append({**told, "questions": questions})
    return found


def question_told(content: Content, report: str, row: Row, rows: Sequence[Row]) -> dict[str, Any]:
    """A question as its line shows it: words, kind, bounds, when it is shown, its columns."""
    beside = [one for one in rows if one["section"] == row["section"] and one.get("within") == row.get("within")]
    columns = [one for one in rows if one.get("within") == row["code"]]
    return {
        **_told(row, beside),
        "kind": FieldType(row["type"]).label,
        "marks": _marks(row),
        "condition": composing.condition_said(content, report, row),
        "has_columns": row["type"] in WITH_COLUMNS,
        "columns": [question_told(content, report, one, rows) for one in columns],
    }


def listed(content: Content, name: str) -> list[dict[str, Any]]:
    """Criteria, or documents, as their lines show them."""
    rows = composing.rows_of(content, name)
    return [{**_told(row, rows), **row, "marks": _marks_of_list(row, name)} for row in rows]


def weight_said(content: Content) -> str:
    """What the weights add up to, in words."""
    weights = [row.get("weight") for row in composing.rows_of(content, "criteria")]
    if not weights:
        return ""
    known = [weight for weight in weights if weight]
    if not known:
        return _("No weight is written: each criterion counts as much as another.")
    total = sum(known)
    if len(known) < len(weights):
        return _("Weights add up to %(total)s; a criterion without weight counts for nothing.") % {"total": total}
    return _("Weights add up to %(total)s. A mark counts by the share of its weight.") % {"total": total}


def _told(row: Row, beside: Sequence[Row]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "said": composing.said(row),
        "help": composing.said({"words": row["help"], "code": ""}) if row.get("help") else "",
        "first": bool(beside) and beside[0]["code"] == row["code"],
        "last": bool(beside) and beside[-1]["code"] == row["code"],
    }


def _marks(row: Row) -> list[str]:
    """The short facts of a question: required, its bounds, how many answers."""
    least, most, kind = row.get("least"), row.get("most"), row["type"]
    found = [_("required")] if row.get("required") else []
    if kind in (FieldType.TEXT, FieldType.AREA) and most:
        found.append(_("%(most)s characters at most") % {"most": most})
    elif kind in (FieldType.COUNT, *WITH_COLUMNS, FieldType.PLACES):
        found += [_("%(least)s at least") % {"least": least}] if least is not None else []
        found += [_("%(most)s at most") % {"most": most}] if most is not None else []
    if options := row.get("options"):
        found.append(ngettext("%(n)s answer", "%(n)s answers", len(options)) % {"n": len(options)})
    found += [_("kept from reviewers")] if row.get("names_asker") else []
    return found


def _marks_of_list(row: Row, name: str) -> list[str]:
    if name == "criteria":
        weight = _("weight %(weight)s") % {"weight": row["weight"]} if row.get("weight") else _("no weight")
        first = [vocabulary().target_groups.label(code, tongue()) for code in row.get("groups") or ()]
        return [weight, *([_("puts first: %(groups)s") % {"groups": ", ".join(first)}] if first else [])]
    found = [_("required") if row.get("required", True) else _("optional")]
    return [*found, _("asked for without names: reviewers may read it")] if row.get("nameless") else found


def options_offered(row: Mapping[str, Any]) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """The answers of a list as the editor shows them, with empty lines after: (place, code, words by language)."""
    held = [(code, _by_language(words)) for code, words in (row.get("options") or {}).items()]
    held += [("", dict.fromkeys(LANGUAGES, ""))] * _SPARE
    return [(place, code, [(one, words.get(one, "")) for one in LANGUAGES]) for place, (code, words) in enumerate(held)]


def _by_language(words: Any) -> dict[str, str]:
    """An option's words: by language, or as they are typed on the sheet, ``Français | English``."""
    if isinstance(words, Mapping):
        return dict(words)
    return dict(zip(("fr", "en", "es", "pt"), (part.strip() for part in str(words).split("|")), strict=False))


def row_posted(post: QueryDict, name: str) -> tuple[Row, dict[str, str]]:
    """What a posted form says of a part, and what of it cannot be read, each by its field."""
    row: Row = {"words": _words(post, "words"), "help": _words(post, "help")}
    wrong = _too_long(post)
    if name == "criteria":
        known = vocabulary().target_groups
        groups = [code for code in post.getlist("groups") if code in known]
        row = {"words": row["words"], "weight": _number(post.get("weight", "")), "groups": groups}
        return row, wrong | _unread(post, {"weight": "weight"})
    if name == "documents":
        row = {"words": row["words"], "required": "required" in post, "nameless": "nameless" in post}
        return row, wrong
    if name == "sections":
        return row, wrong
    kind = post.get("type", "")
    row |= {"section": post.get("section", ""), "type": kind, "required": "required" in post}
    row |= {"least": _number(post.get("least", "")), "most": _number(post.get("most", ""))}
    row["within"] = post.get("within", "")
    row["names_asker"] = "names_asker" in post
    row["carries"] = carried if (carried := post.get("carries", "")) in Carried.values else ""
    row["options"] = _options(post) if kind in (FieldType.CHOICE, FieldType.SEVERAL) else {}
    shown, why = _condition(post.getlist("shown"))
    wrong |= _unread(post, {"least": "bounds", "most": "bounds"}) | ({"shown": why} if why else {})
    return row | shown, wrong


def _words(post: QueryDict, name: str) -> dict[str, str]:
    return {one: text for one in LANGUAGES if (text := post.get(f"{name}.{one}", "").strip())}


def _too_long(post: QueryDict) -> dict[str, str]:
    """Why words that are longer than a page can show are not kept, each by its field; nothing where they are not."""
    told = _("Too long: %(over)s too many, %(most)s characters at most, there are %(now)s. Nothing was cut.")
    return {
        "options" if name.startswith("option.") else name: told % signs_over(len(text), _LONGEST_WORDS)
        for name, text in post.items()
        if name.rpartition(".")[2] in LANGUAGES and len(text) > _LONGEST_WORDS
    }


def _number(typed: str) -> int | None:
    text = "".join(typed.split())
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _unread(post: QueryDict, names: Mapping[str, str]) -> dict[str, str]:
    """Numbers that are none, each by the field it is told beside."""
    return {
        beside: _("Write a whole number in digits, or nothing.")
        for name, beside in names.items()
        if post.get(name, "").strip() and _number(post.get(name, "")) is None
    }


def _options(post: QueryDict) -> dict[str, dict[str, str]]:
    """The answers that have words, each under the code it had or a new one."""
    found: dict[str, dict[str, str]] = {}
    for place in range(200):
        if f"option.{place}.code" not in post:
            break
        words = _words(post, f"option.{place}")
        code = post.get(f"option.{place}.code", "")[:40]
        if words:
            wish = slugify(code) or slugify(words.get("en") or next(iter(words.values())))[:34] or "answer"
            found[next(one for one in (wish, *(f"{wish}-{n}" for n in range(2, 300))) if one not in found)] = words
    return found


def _condition(chosen: Sequence[str]) -> tuple[dict[str, str], str]:
    """Which answers a question waits for: those of one other question."""
    pairs = [one.partition("=")[::2] for one in chosen if "=" in one]
    asked = {code for code, _answer in pairs}
    if len(asked) > 1:
        return {}, _("Choose answers of one question only: a question waits for one other.")
    if not pairs:
        return {"shown_if": "", "shown_value": ""}, ""
    return {"shown_if": pairs[0][0], "shown_value": ",".join(answer for _code, answer in pairs)}, ""
