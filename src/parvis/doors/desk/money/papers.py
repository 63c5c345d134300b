"""The convention of a grant and its amendments as papers to sign: their text, with the facts put in, set by typst."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding import queries
from parvis.domain.funding.enums import Condition, PaperKind
from parvis.domain.funding.models import Amendment, Convention, Grant, Instalment, Wording
from parvis.doors.desk.letters import decision_facts
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.words import city_name, paper_mark, tongue
from parvis.doors.ui import spelling
from parvis.exchange.formats.convention_paper import convention_paper
from parvis.foundation.values import in_language
from parvis.foundation.vocabulary.paper_texts import PaperText, filled

_TABLES = frozenset({"instalments"})


def convention_pdf(grant: Grant) -> bytes | None:
    """The paper of a convention, from the version of the text it was drawn up from; nothing where there is none."""
    convention = queries.convention_of(grant)
    if convention is None:
        return None
    said, language, version = _text_of(PaperKind.CONVENTION, convention.wording, grant)
    with override(language):
        return _set(PaperKind.CONVENTION, said, _facts_of(grant, convention), grant, version)


def amendment_pdf(amendment: Amendment) -> bytes:
    """The paper of an amendment, from the version of the text it was made from."""
    convention = amendment.convention
    grant = convention.grant
    said, language, version = _text_of(PaperKind.AMENDMENT, amendment.wording, grant)
    with override(language):
        return _set(PaperKind.AMENDMENT, said, _facts_of_amendment(amendment), grant, version)


def _text_of(paper: PaperKind, wording: Wording | None, grant: Grant) -> tuple[PaperText, str, str]:
    """A paper's text in the reader's language or another there is, which, and the version it is of.

    A paper older than these texts has none of its own: it takes the one in force.
    """
    texts = queries.texts_of(wording) if wording else queries.text_in_force(paper, queries.served_by_grant(grant)).texts
    _title, language = in_language({code: said.title for code, said in texts.items()}, tongue())
    version = f"{wording.paper} v{wording.version} · {wording.digest[:12]}" if wording else ""
    return texts[language], language, version


def _set(paper: PaperKind, said: PaperText, facts: Mapping[str, str], grant: Grant, version: str) -> bytes:
    title, *blocks = filled(paper, said, facts, _TABLES)
    rows = [_instalment(each, grant.currency) for each in grant.instalments.in_plan()]
    return convention_paper(
        {
            "language": tongue(),
            "mark": paper_mark(),
            "title": title.words,
            "number": facts["number"],
            "version": version,
            "blocks": [[one.kind, one.words] for one in blocks],
            "heads": [_("Number"), _("Amount"), _("Paid")],
            "rows": rows,
            "signatures": [_("For the City"), _("For the beneficiary")],
        }
    )


def _common(grant: Grant, convention: Convention) -> dict[str, str]:
    return {
        "city": city_name(),
        "body": title_of(grant.beneficiary) if grant.beneficiary else _("a natural person"),
        "number": convention.number,
        "object": title_of(grant.subject),
    }


def _facts_of(grant: Grant, convention: Convention) -> dict[str, str]:
    decided = decision_facts(grant.decision) if grant.decision else dict.fromkeys(decision_facts(None), "")
    regranting = (
        _("The beneficiary may grant part of the sum to the partners named in its project, and accounts for it.")
        if convention.regranting
        else _("The beneficiary may grant no part of the sum to others.")
    )
    return {
        **_common(grant, convention),
        **decided,
        "file": grant.file,
        "amount": spelling.money(convention.amount, grant.currency, tongue()),
        "starts": spelling.day(convention.starts, tongue()),
        "ends": spelling.day(convention.ends, tongue()),
        "regranting": regranting,
        "report_day": spelling.day(queries.report_due(grant), tongue()),
        "instalments": "…" if grant.instalments.in_plan().exists() else "",
    }


def _facts_of_amendment(amendment: Amendment) -> dict[str, str]:
    convention, grant = amendment.convention, amendment.convention.grant
    before = list(convention.amendments.order_by("made", "pk"))
    place = before.index(amendment)
    # what the convention comes to with this amendment: what it comes to now, less what later ones changed
    later = sum((each.change or Decimal(0) for each in before[place + 1 :] if each.effective), Decimal(0))
    if not amendment.effective:
        later -= amendment.change or Decimal(0)
    money = {
        "change": _signed(amendment.change, grant.currency) if amendment.change else "",
        "amount": spelling.money(convention.amount - later, grant.currency, tongue()) if amendment.change else "",
        "carried": spelling.money(amendment.carried, grant.currency, tongue()) if amendment.carried else "",
    }
    return {
        **_common(grant, convention),
        **decision_facts(amendment.decision),
        **money,
        "rank": str(place + 1),
        "ends": spelling.day(amendment.ends, tongue()) if amendment.ends else "",
        "reasons": "\n".join([*_more_changes(amendment), amendment.reason]),
        "day": spelling.day(amendment.made, tongue()),
    }


def _more_changes(amendment: Amendment) -> list[str]:
    """What it changes besides the amount and the end: the purpose, the days of instalments."""
    days = [
        _("Instalment %(number)s: not before %(day)s.") % {"number": number, "day": spelling.day(day, tongue())}
        for number, day in amendment.days
    ]
    purpose, _language = in_language(amendment.purpose, tongue())
    return [_("New purpose: %(purpose)s.") % {"purpose": purpose.rstrip(".")}, *days] if purpose else days


def _signed(amount: Decimal, currency: str) -> str:
    sign = "+" if amount > 0 else "−"
    return f"{sign} {spelling.money(abs(amount), currency, tongue())}"


def _instalment(each: Instalment, currency: str) -> list[str]:
    money = spelling.money(each.amount, currency, tongue())
    return [str(each.position), money, str(Condition(each.condition).label)]
