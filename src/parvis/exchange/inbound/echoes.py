"""What a file of ours says for want of better, when it comes back: the register knows better, and nothing changes.

A standard wants a whole day where a year is known, a description where there is a title, a sector, a yearly budget. Our
files work those out from the record; read again, they are no news of it. What was mended in the file is.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from parvis.domain.funding.models import Grant
from parvis.exchange.formats.codes.reading import code_of
from parvis.exchange.formats.codes.told import LISTS, code_in
from parvis.exchange.inbound import numbers
from parvis.exchange.inbound.comparing import alike
from parvis.exchange.inbound.words import our_keys
from parvis.foundation.values import PartialDate
from parvis.foundation.values.text import squeeze

#: How the rules of our files tell finance and form where nobody said them: a grant, for a project.
_A_GRANT, _A_PROJECT = "110", "C01"
_GIVEN = frozenset({"awarded", "closed"})


def without_echoes(noun: str, said: Mapping[str, Any], current: Mapping[str, Any], record: Any) -> dict[str, Any]:
    """What a row says of a record of ours, less what our own files made of it. Rows that bear our identifier."""
    found = {name: _other_words(name, value, current) for name, value in said.items()}
    if noun == "grant":
        found = _of_grant(found, current, record)
    if noun == "decision" and current.get("body") and found.get("body") in our_keys():
        found.pop("body")  # our file tells each under the number of the city, whichever of its bodies decided
    return {name: value for name, value in found.items() if value not in (None, {}, [])}


def number_known(said: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers a row gives a body, less an org-id that is made of a number the body has."""
    held = set(numbers.held_by(current.get("identifiers") or {}))
    given = said.get("identifiers") or {}
    kept = {
        scheme: number
        for scheme, number in given.items()
        if scheme != "org_id" or not held & set(numbers.ways(f"org_id:{number}"))
    }
    return {**said, "identifiers": kept} if given else dict(said)


def days_known(said: Mapping[str, Any], record: Grant) -> dict[str, Any]:
    """What a row says of a grant, less the days that its decision, its convention or its payments say already."""
    known = {"decided_on": _decided(record), "agreed_on": _agreed(record)}
    kept = {name: value for name, value in said.items() if not known.get(name) or value != known[name]}
    if (told := kept.get("statements")) and any(map(_of_paying, told)) and _payments(record):
        kept["statements"] = [one for one in told if not _of_paying(one)]
    return {name: value for name, value in kept.items() if value != []}


def _of_paying(one: Mapping[str, Any]) -> bool:
    return one["property"] in ("payment_terms", "payment_period")


def _other_words(name: str, value: Any, current: Mapping[str, Any]) -> Any:
    """Words without those the record says in another language, or as its title."""
    if name not in ("title", "purpose", "summary") or not isinstance(value, Mapping):
        return value
    fields = ("title",) if name == "title" else ("title", "purpose", "summary")
    held = {squeeze(text) for field in fields for text in (current.get(field) or {}).values()}
    return {code: text for code, text in value.items() if squeeze(text) not in held}


def _of_grant(said: dict[str, Any], current: Mapping[str, Any], record: Grant) -> dict[str, Any]:
    decided = _decided(record) or str(current.get("decided_on") or "")
    first = str(current.get("starts") or "") or decided or str(current.get("year") or "")
    made = {
        "starts": _first(first),
        "ends": _last(str(current.get("ends") or "")),
        "country": "" if current.get("country") else _country(record),
        "state": said.get("state") if {said.get("state"), current.get("state")} <= _GIVEN else None,
        "goals": [] if current.get("goals") else [_goal(record)],
        "amount_paid": None if current.get("amount_paid") is not None else _paid_in_all(record, current),
    }
    found = {name: value for name, value in said.items() if name not in made or not _is(made[name], value)}
    found.pop("themes", None)  # those of a sector, which our file worked out from a theme of ours
    if str(found.get("identifier", "")).endswith(f"-{record.subject.key}"):
        found.pop("identifier")
    if "statements" in found:
        found["statements"] = [one for one in found["statements"] if not _told(one, current, record, decided)]
    if "figures" in found:
        found["figures"] = [one for one in found["figures"] if not _held_figure(one, current)]
    return found


def _is(made: Any, said: Any) -> bool:
    return made not in (None, "") and (made == said or (isinstance(made, Decimal) and alike(made, said)))


def _told(one: Mapping[str, Any], current: Mapping[str, Any], record: Grant, decided: str) -> bool:
    """Whether a line is what our own file made of the record, or of a line said about it."""
    if one["property"] in LISTS:
        return _term_known(one, current, record)
    what, number, day = one["property"], one.get("number"), str(one.get("as_of") or "")
    if what == "sector_share":
        return True  # we hold no share: our file tells the sector of the levy, the kind or the theme
    if what in ("budgeted", "committed"):
        on = day[:4] == str(current.get("year")) if what == "budgeted" else day == decided
        return on and alike(number, current.get("amount_voted"))
    if what == "document":
        return any(text.endswith(f"/id/{record.subject.key}") for text in one["words"].values()) or _held(one, current)
    if what == "paid":
        paid = {(str(held.get("as_of")), Decimal(str(held["number"]))) for held in _lines(current, "paid")}
        return (day, Decimal(str(number))) in paid | _payments(record)
    return False


def _term_known(one: Mapping[str, Any], current: Mapping[str, Any], record: Grant) -> bool:
    """Whether the code is said of the grant already, or is the one our rule tells where nothing is said."""
    what = one["property"]
    told = code_in(what, one["words"])
    held = {code_in(what, line["words"]) for line in _lines(current, what)}
    rule = {"finance_type": _A_GRANT, "aid_type": code_of("grant", record.subject.kind, "aid") or _A_PROJECT}
    return told in held or (not held and told == rule.get(what))


def _lines(current: Mapping[str, Any], what: str) -> list[Mapping[str, Any]]:
    return [held for held in current.get("statements", []) if held["property"] == what]


def _held(one: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
    """Whether a document of this address is said about the record, in whatever language."""
    said = {text.rpartition(" · ")[2] for text in one["words"].values()}
    return any(
        said & {text.rpartition(" · ")[2] for text in held["words"].values()} for held in _lines(current, "document")
    )


def _held_figure(one: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
    """Whether a result of these words and numbers is held: our file gives whole days for its years."""
    words = set(one["words"].values())
    return any(
        words & set(held["words"].values())
        and all(alike(one.get(name), held.get(name)) for name in ("effect", "aimed_at", "reached"))
        for held in current.get("figures", [])
    )


def _payments(record: Grant) -> set[tuple[str, Decimal]]:
    orders = [] if not hasattr(record, "convention") else [
        order for instalment in record.instalments.all() for order in instalment.orders.all()
    ]  # fmt: skip
    return {(order.paid.isoformat(), order.amount) for order in orders if order.paid}


def _paid_in_all(record: Grant, current: Mapping[str, Any]) -> Decimal | None:
    amounts = [amount for _day, amount in _payments(record)]
    amounts = amounts or [Decimal(str(held["number"])) for held in _lines(current, "paid")]
    return sum(amounts, Decimal()) if amounts else None


def _decided(record: Grant) -> str:
    return str(record.decision.decision.day or "") if record.decision_id else ""


def _agreed(record: Grant) -> str:
    held = getattr(record, "convention", None)
    return held.signed.isoformat() if held and held.signed else ""


def _country(record: Grant) -> str:
    return record.place.place.country if record.place_id else ""


def _goal(record: Grant) -> str:
    return code_of("levy", record.levy.kind, "goal") if record.levy_id else ""


def _first(text: str) -> str:
    day = PartialDate.parse(text).earliest if text else None
    return day.isoformat() if day else text


def _last(text: str) -> str:
    day = PartialDate.parse(text).latest if text else None
    return day.isoformat() if day else text
