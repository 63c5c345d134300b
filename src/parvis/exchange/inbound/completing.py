"""What follows from the file or the noun and no cell says, and what no row may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from parvis.exchange.inbound.meaning import Draft
from parvis.exchange.inbound.models import Import
from parvis.exchange.inbound.resolving import title_of
from parvis.exchange.inbound.targets import Target
from parvis.exchange.inbound.words import currency, the_city
from parvis.foundation.values import PartialDate
from parvis.foundation.values.text import fold
from parvis.register.models import Statement

#: What follows from a cell of the row itself, under another name: said by the row, not made by us.
_FROM_CELLS = frozenset({"starts", "ends", "visibility", "identifier"})
_LONGEST_NAME = 120
_NUMBER: Any = Statement._meta.get_field("number")


def complete(draft: Draft, target: Target, imported: Import, parties: str = "") -> None:
    """What follows from the file or the noun, and no cell says: the city as a party, a title, a currency.

    None of it goes over what a record holds already: ``draft.made`` names it. ``parties`` are those of an agreement,
    as the row names them: it is called by them where it has no title.
    """
    said = {wanted.into.split(".")[0] for wanted in target.wanted if wanted.name in draft.values}
    if target.noun == "agreement" and parties and not draft.values.get("key") and "title" not in draft.content:
        draft.values["title"] = f"{title_of(the_city(), imported.language)} – {' '.join(parties.split())}"
        draft.content["title"] = {imported.language: draft.values["title"]}
    granted = draft.values.get("granted") is not None
    _complete_any(draft, target, imported)
    if finish := _OF_NOUNS.get(target.noun):
        finish(draft, imported)
    draft.made |= set(draft.content) - said - _FROM_CELLS - ({"state"} if granted else set())


def _complete_any(draft: Draft, target: Target, imported: Import) -> None:
    content = draft.content
    content.setdefault("visibility", imported.options.get("visibility", "draft"))
    if title := content.get("title"):
        content.setdefault("original", imported.language if imported.language in title else next(iter(title)))
    if target.noun != "grant":  # it tells the record from others, and becomes its key
        content.pop("id", None)


def _complete_contact(draft: Draft, _imported: Import) -> None:
    """A name said in two columns is one: the first name, then that of the family."""
    content, values = draft.content, draft.values
    given, family = (str(content.pop(name, "")) for name in ("given_name", "family_name"))
    name = str(content.get("person_name", ""))
    if not given and not family:
        return
    whole = name if _within(given, name) and _within(family, name) else _one_name(given, name, family)
    if len(whole) > _LONGEST_NAME:
        said = _("This text has %(found)s characters; at most %(most)s are kept.")
        draft.problem("", said % {"found": len(whole), "most": _LONGEST_NAME})
    content["person_name"] = values["person_name"] = whole


def _within(part: str, name: str) -> bool:
    """Whether a name says this part of it already, beside something else; no part is always said."""
    return not part or set(fold(part).split()) < set(fold(name).split())


def _one_name(given: str, name: str, family: str) -> str:
    """The parts in order. Where a column is for the family, that of the name may be for the first name (Spanish)."""
    return " ".join(part for part in ((given or name, family) if family else (given, name)) if part)


def _complete_decision(draft: Draft, _imported: Import) -> None:
    draft.content.pop("siret", None)


def _complete_source(draft: Draft, imported: Import) -> None:
    content = draft.content
    content.setdefault("language", content.get("original", imported.language))
    content.setdefault("speaks", imported.speaks)
    content.setdefault("date_basis", "page")


def _complete_agreement(draft: Draft, _imported: Import) -> None:
    content, city = draft.content, the_city()
    if len(content.get("parties", [])) == 1 and city not in content["parties"]:
        content["parties"] = [city, *content["parties"]]
    if content.get("signed"):
        content.setdefault("steps", [{"state": "signed", "day": content["signed"]}])


def _complete_membership(draft: Draft, imported: Import) -> None:
    content, values = draft.content, draft.values
    if not values.get("network"):
        return
    if "member" not in content:
        content["member"] = values["member"] = the_city()
        draft.made.add("member")
    content.setdefault("statuses", [{}])[0].setdefault("status", "member")
    network = title_of(values["network"], imported.language)
    content.setdefault("title", {imported.language: f"{network} – {title_of(content['member'], imported.language)}"})
    content.setdefault("original", imported.language)


def _complete_honour(draft: Draft, _imported: Import) -> None:
    """A day alone is that of the title itself."""
    for step in draft.content.get("steps", []):
        step.setdefault("step", "awarded")


def _complete_promise(draft: Draft, _imported: Import) -> None:
    """A promise of which nothing more is told was made, on its day."""
    content = draft.content
    if any("state" not in step for step in content.get("steps", [])):
        draft.problem("", _("This row says something of the promise's state, and not which state."))
    if "steps" not in content and content.get("made") and not draft.values.get("key"):
        content["steps"] = [{"state": "said", "day": content["made"]}]


def _complete_figure(draft: Draft, _imported: Import) -> None:
    """A value says what it counts and on which day; an amount says what kind of amount it is."""
    content = draft.content
    for said in content.get("statements", []):
        unit = str(content.get("unit", ""))
        if "number" not in said or not said.get("as_of"):
            draft.problem("", _("A value is said with its day."))
        else:
            _check_number(draft, said["number"])
        said |= {"property": "value", "unit": unit, "as_of_basis": "text"}
        said["scope"] = content.get("definition") or content.get("title") or {}
        if len(unit) == 3 and unit.isupper():
            said["currency"] = unit
            if "amount_kind" not in said:
                draft.problem("", _("An amount says what kind it is: a year, in all, a ceiling…"))


def _check_number(draft: Draft, number: str) -> None:
    """What the register would refuse is told before anything is written."""
    try:
        _NUMBER.clean(Decimal(number), None)
    except ValidationError as fault:
        draft.problem("", f"{number}: {fault.messages[0]}")


def _complete_grant(draft: Draft, _imported: Import) -> None:
    """The year from a date, the currency of the city, the ends of a period, and what no row may say."""
    content, values = draft.content, draft.values
    period = content.pop("period", None)
    decided = content.get("decided_on") or content.get("agreed_on") or ""
    if period:
        content["starts"], content["ends"] = period[0], period[1] or period[0]
    if decided and not content.get("year"):
        known = PartialDate.parse(str(decided))
        day = known.earliest or known.latest
        content["year"] = day.year if day else ""
    values["year"] = content.get("year", "")
    if not content.get("year") and not values.get("key"):
        draft.problem("", _("This row says neither the year nor the date of the grant."))
    for name in ("siret", "rna", "org_id", "giver", "giver_number"):
        content.pop(name, None)
    if named := content.pop("id", ""):
        content["identifier"] = str(named)
    content.setdefault("currency", currency())
    amounts: dict[str, Decimal] = {
        name: Decimal(content[name]) for name in ("amount_asked", "amount_voted", "amount_paid") if name in content
    }
    if not amounts:
        draft.problem("", _("This row says no amount."))
    for name, amount in amounts.items():
        if amount < 0:
            draft.problem("", _("An amount is not below zero: %(amount)s.") % {"amount": amount})
        if amount.as_tuple().exponent < -2:  # type: ignore[operator]  # a finite number
            content[name] = str(amount.quantize(Decimal("0.01")))
    _settle_state(draft, amounts)


def _settle_state(draft: Draft, amounts: Mapping[str, Decimal]) -> None:
    content = draft.content
    granted = content.pop("granted", None)
    if granted is not None and "state" not in content:
        content["state"] = "awarded" if granted else "refused"
    voted, paid = amounts.get("amount_voted"), amounts.get("amount_paid")
    if "state" not in content and (voted or paid):  # what was voted or paid was given; a zero alone says nothing
        content["state"] = "awarded"
    if "state" not in content and voted is None and paid is None:
        content["state"] = "asked"
    if content.get("state") == "refused" and voted:
        draft.problem("", _("A grant that was refused has no amount voted."))
    if voted is not None and paid is not None and paid > voted:
        draft.problem("", _("No more is paid than was voted."))


_OF_NOUNS: Mapping[str, Callable[[Draft, Import], None]] = {
    "agreement": _complete_agreement, "contact": _complete_contact, "decision": _complete_decision,
    "grant": _complete_grant, "honour": _complete_honour, "indicator": _complete_figure,
    "membership": _complete_membership, "promise": _complete_promise, "source": _complete_source,
}  # fmt: skip
