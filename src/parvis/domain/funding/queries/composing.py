"""Composing a call: what its content becomes when a part of it is moved, doubled, taken out or written anew.

Nothing is written here: each function gives the content as it would be, for the action that amends the call.
A part keeps its code for life, whatever its words become: answers are found by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import WITH_COLUMNS, FieldType, ReportKind
from parvis.domain.funding.errors import PartHeld
from parvis.domain.funding.queries.forms import depends_on, form_of
from parvis.domain.funding.queries.reporting import NEEDED, house_form
from parvis.foundation.values.words import in_language

Row = dict[str, Any]
Content = dict[str, Any]
#: Codes that mean something else where parts are named.
_TAKEN = frozenset({"documents", "new", "criteria", "sections", "fields"})
#: How the question that names a file is called.
_TITLE = frozenset({"title", "titre", "titulo"})
#: What a question waits for: one of its answers.
_ANSWERED_BY_CHOICE = (FieldType.CHOICE, FieldType.SEVERAL, FieldType.YES_NO)


def said(row: Mapping[str, Any]) -> str:
    """The words of a part in the reader's language, or its code where it has none."""
    return in_language(row.get("words") or {}, (get_language() or "fr")[:2])[0] or str(row["code"])


def rows_of(content: Mapping[str, Any], name: str, report: str = "") -> list[Row]:
    """The parts of one list: of the application's form, or of one of the reports."""
    return [row for row in content.get(name, ()) if row.get("report", "") == report]


def row_of(content: Mapping[str, Any], name: str, report: str, code: str) -> Row:
    found = next((row for row in rows_of(content, name, report) if row["code"] == code), None)
    if found is None:
        raise PartHeld(why=_("this part is no longer in the form, somebody took it out meanwhile."))
    return found


def with_house_form(content: Mapping[str, Any], report: ReportKind) -> Content:
    """The content with the City's own form of a report written into it, to be changed for this call."""
    if rows_of(content, "sections", report):
        return dict(content)
    told = house_form(report)
    changed = dict(content)
    for name in ("sections", "fields"):
        rows = [{**deepcopy(row), "report": report.value} for row in told[name]]
        changed[name] = [*content.get(name, ()), *rows]
    return changed


def without_form(content: Mapping[str, Any], report: ReportKind) -> Content:
    """The content as it is when a report is made on the City's own form."""
    changed = dict(content)
    for name in ("sections", "fields"):
        changed[name] = [row for row in content.get(name, ()) if row.get("report", "") != report]
    return changed


def moved(content: Mapping[str, Any], name: str, report: str, code: str, steps: int) -> Content:
    """The content with a part one place up (-1) or down (+1). A question at the end of its page goes to the next."""
    row, rows = row_of(content, name, report, code), rows_of(content, name, report)
    beside = [one for one in rows if _place(one) == _place(row)]
    at = beside.index(row) + steps
    if 0 <= at < len(beside):
        return placed(content, name, report, code, beside[at]["code"], after=steps > 0)
    if name != "fields" or row.get("within"):
        return dict(content)
    pages = [page["code"] for page in rows_of(content, "sections", report)]
    page = pages.index(row["section"]) + steps if row["section"] in pages else 0
    if not 0 <= page < len(pages):
        return dict(content)
    others = [one for one in rows if one is not row and one["section"] == pages[page] and not one.get("within")]
    turned = _with_rows(content, name, report, [{**one, "section": pages[page]} if one is row else one for one in rows])
    turned = _columns_follow(turned, report, code, pages[page])
    if not others:
        return ordered(turned, report)
    neighbour = others[0] if steps > 0 else others[-1]
    return placed(turned, name, report, code, neighbour["code"], after=steps < 0)


def placed(content: Mapping[str, Any], name: str, report: str, code: str, beside: str, *, after: bool) -> Content:
    """The content with a part beside another, on its page and within the same lines."""
    row, other = row_of(content, name, report, code), row_of(content, name, report, beside)
    if row is other:
        return dict(content)
    if name == "fields" and row.get("within", "") != other.get("within", ""):
        raise PartHeld(why=_("A question stays among the columns of its lines: change its lines instead."))
    put = {**row, "section": other["section"]} if name == "fields" else row
    rows = [one for one in rows_of(content, name, report) if one is not row]
    rows.insert(rows.index(other) + int(after), put)
    changed = _with_rows(content, name, report, rows)
    return ordered(_columns_follow(changed, report, code, put["section"]) if name == "fields" else changed, report)


def doubled(content: Mapping[str, Any], name: str, report: str, code: str) -> tuple[Content, str]:
    """The content with a copy of a part right after it, and the code of the copy. Lines keep their columns."""
    row, rows = row_of(content, name, report, code), rows_of(content, name, report)
    words = {tongue: _copy_said(text, tongue) for tongue, text in row.get("words", {}).items()}
    twin = {**deepcopy(row), "code": free_code(content, name, report, code), "words": words}
    twin.pop("carries", None)  # one question alone says the theme, one the country
    added = [twin]
    for column in _inside(rows, name, code):
        taken = [*rows, *added]
        added.append({**deepcopy(column), "code": _free(column["code"], taken), "within": twin["code"]})
    if name == "sections":
        return _with_rows(content, name, report, _after(rows, row, [twin])), twin["code"]
    return ordered(_with_rows(content, name, report, _after(rows, row, added)), report), twin["code"]


def _copy_said(text: str, tongue: str) -> str:
    with override(tongue):
        return _("%(words)s (copy)") % {"words": text}


def removed(content: Mapping[str, Any], name: str, report: str, code: str) -> Content:
    """The content without a part and what it holds. Raises PartHeld where another part needs it."""
    row = row_of(content, name, report, code)
    if name not in ("sections", "fields"):
        return _with_rows(content, name, report, [one for one in rows_of(content, name, report) if one is not row])
    fields = rows_of(content, "fields", report)
    gone = {code, *(one["code"] for one in fields if one.get("within") == code)} if name == "fields" else set()
    if name == "sections":
        gone = {one["code"] for one in fields if one["section"] == code}
    for one in fields:
        if one["code"] not in gone and one.get("shown_if") in gone:
            raise PartHeld(
                why=_("“%(words)s” is shown by an answer given there: change that first.") % {"words": said(one)}
            )
    if needed := [one for one in fields if one["code"] in gone and one["code"] in _needed(report)]:
        raise PartHeld(why=_("“%(words)s” stays: what is sent is read by it.") % {"words": said(needed[0])})
    left = _with_rows(content, "fields", report, [one for one in fields if one["code"] not in gone])
    if name == "sections":
        left = _with_rows(left, name, report, [one for one in rows_of(left, name, report) if one["code"] != code])
    return left


def written(content: Mapping[str, Any], name: str, report: str, row: Row, code: str = "") -> tuple[Content, str]:
    """The content with a part written anew, or added where it has no code yet. Raises PartHeld, in a sentence."""
    rows = rows_of(content, name, report)
    kept = {key: value for key, value in row.items() if value is not False and value not in (None, "", [], {})}
    if name == "documents":
        kept["required"] = bool(row.get("required"))
    if report:
        kept["report"] = report
    if beside := part_problems(content, name, report, kept, code):
        raise PartHeld(why=" ".join(beside.values()), beside=beside)
    if code:
        held = row_of(content, name, report, code)
        put = {key: value for key, value in held.items() if key not in row} | kept | {"code": code}
        changed = _with_rows(content, name, report, [put if one is held else one for one in rows])
        if name == "fields" and put["section"] != held["section"]:
            changed = _columns_follow(changed, report, code, put["section"])
    else:
        put = {**kept, "code": _free(_wish(kept, name, report), rows)}
        changed = _with_rows(content, name, report, [*rows, put])
    return (ordered(changed, report) if name == "fields" else changed), put["code"]


def _wish(row: Row, name: str, report: str) -> str:
    """The code a new part would best have: the one by which its kind is known, or its words.

    A short text that asks for a title names its file, whatever else is said in its words.
    """
    if name == "fields" and not report and row["type"] == FieldType.TEXT and not row.get("within"):
        said_in = {word for text in (row.get("words") or {}).values() for word in slugify(text).split("-")}
        if said_in & _TITLE:
            return "title"
    if name == "fields" and row["type"] in (FieldType.BUDGET, FieldType.PLACES):
        return str(row["type"])
    return slugify(in_language(row.get("words") or {}, "en")[0])[:34] or name[:-1]


def part_problems(content: Mapping[str, Any], name: str, report: str, row: Row, code: str) -> dict[str, str]:
    """Why a part cannot be written so, each reason by what of it is to be changed; nothing when it can."""
    found = dict([("words", _("Write the words in one language at least."))] if _without_words(row) else [])
    if name != "fields":
        return found
    if row.get("type") not in FieldType.values:
        return found | {"type": _("Choose how the question is answered.")}
    fields = {one["code"]: one for one in rows_of(content, "fields", report)}
    pages = {page["code"] for page in rows_of(content, "sections", report)}
    told = (*_in_itself(row, pages), *_of_its_kind(fields, report, row, code), *_of_its_ties(fields, row, code))
    for at, why in told:
        found.setdefault(at, why)
    return found


def _without_words(row: Row) -> bool:
    return not any(text.strip() for text in (row.get("words") or {}).values())


def _in_itself(row: Row, pages: set[str]) -> Iterator[tuple[str, str]]:
    least, most = row.get("least"), row.get("most")
    if least is not None and most is not None and least > most:
        yield "bounds", _("The least is more than the most.")
    if row["type"] in (FieldType.CHOICE, FieldType.SEVERAL) and len(row.get("options") or {}) < 2:
        yield "options", _("Write two answers at least to choose from.")
    if row.get("section") not in pages:
        yield "section", _("Choose the page the question stands on.")


def _of_its_kind(fields: Mapping[str, Row], report: str, row: Row, code: str) -> Iterator[tuple[str, str]]:
    """What keeps a question from having that kind."""
    held, kind = fields.get(code), row["type"]
    if held and code in _needed(report) and held["type"] != kind:
        yield "type", _("“%(words)s” keeps its kind: what is sent is read by it.") % {"words": said(held)}
    if kind == FieldType.BUDGET and any(
        one["type"] == FieldType.BUDGET for one in fields.values() if one["code"] != code
    ):
        yield "type", _("The form has its budget table already.")
    if row.get("within") and kind in (*WITH_COLUMNS, FieldType.BUDGET, FieldType.PLACES, FieldType.SDG):
        yield "type", _("A question of this kind stands alone, not in lines.")
    if held and held["type"] in WITH_COLUMNS and kind not in WITH_COLUMNS and _inside(fields.values(), "fields", code):
        yield "type", _("Its lines have columns: take them out before changing the kind.")


def _of_its_ties(fields: Mapping[str, Row], row: Row, code: str) -> Iterator[tuple[str, str]]:
    """What the questions it is tied to need."""
    parent = row.get("within")
    if parent and (parent == code or fields.get(parent, {}).get("type") not in WITH_COLUMNS):
        yield "within", _("Choose lines that are in this form.")
    if code and depends_on(fields, row.get("shown_if", ""), code):
        yield "shown", _("A question cannot wait for its own answer.")
    answers = set(row.get("options") or {}) if row["type"] != FieldType.YES_NO else {"yes", "no"}
    by_list = row["type"] in (FieldType.CHOICE, FieldType.SEVERAL)
    for one in fields.values():
        waited = {part.strip() for part in one.get("shown_value", "").split(",") if part.strip()}
        if code and one.get("shown_if") == code and not waited <= answers:
            told = _("“%(words)s” waits for an answer that would be gone: change that first.") % {"words": said(one)}
            yield "options" if by_list else "type", told


def ordered(content: Mapping[str, Any], report: str) -> Content:
    """The content with its questions in the order they are read: by page, columns under their lines."""
    rows = rows_of(content, "fields", report)
    found: list[Row] = []
    for page in rows_of(content, "sections", report):
        for row in rows:
            if row["section"] == page["code"] and not row.get("within"):
                found += [row, *_inside(rows, "fields", row["code"])]
    return _with_rows(content, "fields", report, [*found, *(row for row in rows if row not in found)])


def waited_for(content: Mapping[str, Any], report: str, but: str = "") -> list[tuple[Row, list[tuple[str, str]]]]:
    """The questions another can wait for, each with its answers: (code, words)."""
    form = form_of({"sections": [], "fields": rows_of(content, "fields", report)})
    found = []
    for row in rows_of(content, "fields", report):
        if row["type"] not in _ANSWERED_BY_CHOICE or row.get("within") or row["code"] == but:
            continue
        question = form.question(row["code"])
        options = question.options if question else ()
        if row["type"] == FieldType.YES_NO:
            found.append((row, [("yes", _("Yes")), ("no", _("No"))]))
        else:
            found.append((row, [(code, said({"code": code, "words": dict(words)})) for code, words in options]))
    return found


def condition_said(content: Mapping[str, Any], report: str, row: Row) -> str:
    """When a question is shown, in words; empty for one that always is."""
    if not row.get("shown_if"):
        return ""
    for other, answers in waited_for(content, report):
        if other["code"] == row["shown_if"]:
            waited = [part.strip() for part in row.get("shown_value", "").split(",") if part.strip()]
            named = dict(answers)
            told = _(" or ").join(_("“%(words)s”") % {"words": named.get(code, code)} for code in waited)
            if not told:
                return _("Shown when “%(question)s” is answered.") % {"question": said(other)}
            return _("Shown when “%(question)s” is %(answers)s.") % {"question": said(other), "answers": told}
    return _("Shown by an answer to a question that is not in this form.")


def _needed(report: str) -> tuple[str, ...]:
    """The questions no form goes without: what names a file, what it asks, what a report is read by."""
    return NEEDED[ReportKind(report)] if report else ("title", "budget")


def free_code(content: Mapping[str, Any], name: str, report: str, wish: str) -> str:
    return _free(wish, rows_of(content, name, report))


def _free(wish: str, rows: Iterable[Mapping[str, Any]]) -> str:
    taken = {row["code"] for row in rows} | _TAKEN
    if wish not in taken:
        return wish
    return next(code for number in range(2, 10_000) if (code := f"{wish[:34]}-{number}") not in taken)


def _place(row: Mapping[str, Any]) -> tuple[str, str]:
    return row.get("section", ""), row.get("within", "")


def _inside(rows: Iterable[Row], name: str, code: str) -> list[Row]:
    return [row for row in rows if row.get("within") == code] if name == "fields" else []


def _after(rows: Sequence[Row], row: Row, added: Sequence[Row]) -> list[Row]:
    at = rows.index(row) + 1
    return [*rows[:at], *added, *rows[at:]]


def _columns_follow(content: Mapping[str, Any], report: str, code: str, page: str) -> Content:
    """Columns stand on the page of their lines."""
    rows = rows_of(content, "fields", report)
    return _with_rows(
        content, "fields", report, [{**row, "section": page} if row.get("within") == code else row for row in rows]
    )


def _with_rows(content: Mapping[str, Any], name: str, report: str, rows: Sequence[Row]) -> Content:
    """The content with the parts of one list in place of those it had; the other lists' parts stay."""
    others = [row for row in content.get(name, ()) if row.get("report", "") != report]
    return {**content, name: [*others, *rows] if report else [*rows, *others]}
