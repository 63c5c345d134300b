"""Follow the money: from the levy to the result, each step with its day, its decision and its source, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.ui import spelling

from .cites import Shown, cite_row, cites
from .docs import Doc, children, citations, fact
from .grants import amount


def chain(page: Page, doc: Doc) -> list[Shown]:
    """Every step there is, in the order money goes. A step nobody recorded says so."""
    levy, envelope, decision = (_record(page, fact(doc, name)) for name in ("levy", "envelope", "decision"))
    page.hold(row["decision"] for row in _moved(doc, levy, envelope) if row.get("decision"))
    if fact(doc, "form") == "in_kind":
        accounted = (_reports(page, doc), _result(page, doc))
        return [_in_kind(), _call(page, doc), _request(doc), _decision(page, doc, decision), _convention(page, doc),
                *accounted]  # fmt: skip
    return [
        _levy(page, doc, levy),
        _budget(page, doc, levy, envelope),
        _envelope(page, doc, envelope),
        _call(page, doc),
        _request(doc),
        _decision(page, doc, decision),
        _convention(page, doc),
        _instalments(page, doc),
        _paid(page, doc),
        _reports(page, doc),
        _result(page, doc),
    ]


def _record(page: Page, key: str | None) -> Doc | None:
    return page.release.record(key) if key else None


def _moved(doc: Doc, levy: Doc | None, envelope: Doc | None) -> Iterable[Mapping[str, Any]]:
    yield from children(levy or {}, "votes")
    yield from children(envelope or {}, "allotments")
    yield from (*children(doc, "payments"), *children(doc, "amendments"))


def _step(word: str, unknown: str, **more: Any) -> Shown:
    """A step is known as soon as anything is told of it."""
    known = any(more.get(name) not in (None, "", [], {}) for name in ("link", "amount", "when", "moves", "known"))
    return {"word": word, "unknown": unknown, **more, "known": known}


def _move(page: Page, word: str, row: Mapping[str, Any], day: str, sum_: str = "amount") -> Shown:
    """A movement: what was done, when, how much, on which decision."""
    return {
        "word": word,
        "when": row.get(day) or "",
        "amount": None if row.get(sum_) in (None, "") else Decimal(str(row[sum_])),
        "decision": page.link(row.get("decision")),
    }


def _act(page: Page, row: Mapping[str, Any]) -> str:
    return wording.of_group("ledger", "act", row["act"], page.language)


def _in_kind() -> Shown:
    note = _("A thing or a service, counted at its estimated value: no budget pays it out.")
    return _step(_("Help in kind"), "", known=True, note=note)


def _levy(page: Page, doc: Doc, levy: Doc | None) -> Shown:
    rules = children(levy or {}, "rules")
    told = [shown for row in rules for shown in cite_row(page, row)] or cites(page, citations(levy or {}))
    return _step(
        _("Levy"),
        _("The source does not say which budget pays."),
        link=page.link(fact(doc, "levy")),
        cites=told[:1],
    )


def _budget(page: Page, doc: Doc, levy: Doc | None, envelope: Doc | None) -> Shown:
    """The votes of the budget of the year its envelope draws on, or of its own year."""
    year = int(fact(envelope or {}, "year") or fact(doc, "year") or 0)
    votes = [row for row in children(levy or {}, "votes") if int(row["year"]) == year]
    return _step(
        _("Vote of the budget"),
        _("No vote of this budget is on record."),
        moves=[_move(page, _act(page, row), row, "day") for row in votes],
    )


def _envelope(page: Page, doc: Doc, envelope: Doc | None) -> Shown:
    moves = [_move(page, _act(page, row), row, "day") for row in children(envelope or {}, "allotments")]
    return _step(_("Envelope"), _("No envelope is on record."), link=page.link(fact(doc, "envelope")), moves=moves)


def _call(page: Page, doc: Doc) -> Shown:
    call = next((page.link(row["call"]) for row in children(doc, "calls")), None)
    fund = page.link(fact(doc, "programme"))
    return _step(
        _("Call or fund"),
        _("The source names no call and no fund."),
        link=call or fund,
        also=fund if call else None,
    )


def _request(doc: Doc) -> Shown:
    received = next((row["received"] for row in children(doc, "calls") if row.get("received")), "")
    return _step(
        _("Request"),
        _("Neither the day of the request nor the amount asked for is known."),
        amount=amount(doc, "amount_asked"),
        when=fact(doc, "asked_on") or received,
    )


def _decision(page: Page, doc: Doc, decision: Doc | None) -> Shown:
    """What the council decided; where no decision is on record, the source the amount was read in."""
    voted = amount(doc, "amount_voted")
    return _step(
        _("Decision"),
        _("No vote is on record."),
        link=page.link(fact(doc, "decision")),
        amount=voted,
        when=(fact(doc, "voted") or "") if voted is not None else "",
        note="" if decision else _("The number of the decision is not known."),
        cites=cites(page, citations(decision or doc))[:2],
    )


def _convention(page: Page, doc: Doc) -> Shown:
    signed = next((one for one in children(doc, "conventions") if one.get("signed")), None)
    changes = [
        _move(page, _amended(page, row), row, "signed")
        for row in children(doc, "amendments")
    ]  # fmt: skip
    span = spelling.span(signed["starts"], signed["ends"], page.language) if signed else ""
    return _step(
        _("Convention"),
        _("No convention is on record. The law asks for one above 23,000 euros a year to one body."),
        when=signed["signed"] if signed else "",
        note=" · ".join(part for part in ((signed or {}).get("number"), span) if part),
        moves=changes,
    )


def _amended(page: Page, row: Mapping[str, Any]) -> str:
    change = wording.of_group("convention", "amendment", row["change"], page.language)
    return _("Amendment: %(change)s") % {"change": change.lower()}


def _instalments(page: Page, doc: Doc) -> Shown:
    """What is to be paid, when and on which condition."""
    moves = [
        {
            "word": "{}. {}".format(
                row["number"], wording.of_group("convention", "condition", row["condition"], page.language)
            ),
            "when": row.get("paid") or row.get("not_before") or "",
            "amount": Decimal(str(row["amount"])),
            "state": _("paid") if row.get("paid") else _("to be paid"),
        }
        for row in children(doc, "instalments")
    ]
    return _step(_("Instalments"), _("No instalment is on record."), moves=moves)


def _paid(page: Page, doc: Doc) -> Shown:
    """What was paid, sent back by the bank and paid back, movement by movement where the ledger tells them."""
    words = {"pay": _("Paid"), "return": _("Sent back by the bank"), "recover": _("Recovered")}
    moves = [
        _move(page, words.get(row["act"], row["act"]), row, "day")
        for row in sorted(children(doc, "payments"), key=lambda row: str(row["day"]))
    ]
    return _step(_("Paid"), _("No payment is on record."), amount=amount(doc, "amount_paid"), moves=moves)


def _reports(page: Page, doc: Doc) -> Shown:
    moves = [
        {
            "word": wording.of_group("convention", "report", row["report"], page.language),
            "when": row["received"],
            "amount": None,
            "state": _review(page, row),
        }
        for row in children(doc, "reports")
    ]
    return _step(_("Reports"), _("No report is on record."), moves=moves)


def _review(page: Page, row: Mapping[str, Any]) -> str:
    said = wording.of_group("convention", "review", row["review"], page.language).lower()
    return f"{said} {spelling.day(row['reviewed'], page.language)}" if row.get("reviewed") else said


def _result(page: Page, doc: Doc) -> Shown:
    """The figures reached, or the project it paid for."""
    reached = [row for row in children(doc, "results") if row.get("reached") is not None]
    moves = [
        {"word": wording_of(row["words"], page.language), "when": row.get("ends") or row.get("starts") or "",
         "amount": None, "state": _count(page, row)}
        for row in reached
    ]  # fmt: skip
    return _step(_("Result"), _("No result is on record."), link=page.link(fact(doc, "project")), moves=moves)


def wording_of(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")


def _count(page: Page, row: Mapping[str, Any]) -> str:
    count = Decimal(str(row["reached"]))
    said = spelling.number(count, page.language)
    return f"{said} {wording.unit(row['unit'], count, page.language)}" if row.get("unit") else said
