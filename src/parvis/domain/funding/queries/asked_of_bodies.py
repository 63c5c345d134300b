"""What the law asks of the body of a grant, told to that body; and what it will ask if a request is granted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from parvis.domain.funding.enums import NATURAL_PERSON, GrantForm, ReportKind, ReportState
from parvis.domain.funding.models import BodyStanding, Call, Grant
from parvis.domain.funding.queries.duties import (
    PUBLIC,
    UNDER_CONTRACT,
    convention_of,
    has_its_contract,
    needs_convention,
    report_awaits_payment,
    report_day,
    report_of,
    signed_by_beneficiary,
)
from parvis.domain.funding.queries.law import Lawful, essential_data_due, essential_rule, told_here
from parvis.domain.funding.queries.limits import city_currency, funding_rule
from parvis.domain.funding.queries.yearly import yearly_beside
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.register.enums import Visibility
from parvis.register.models import Subject
from parvis.register.reading import day_said, money_said, number_said


def asked_of_body(grant: Grant, on: date) -> list[Lawful]:
    """Everything asked of the body of a grant. Of a grant that is history nothing is said."""
    if not told_here(grant):
        return []
    year = date(grant.year, 12, 31)
    body = grant.beneficiary
    return [
        *(_contract(body, on) if body else ()),
        *(_convention(grant, year) if body else ()),
        *_use(grant, year),
        *_report(grant, year, on),
        *(_publication(body, year) if body else ()),
        *(_essential(grant, on) if body else ()),
    ]


def _contract(body: Subject, on: date) -> Iterator[Lawful]:
    rule = funding_rule("republican_contract", on)
    if body.kind not in UNDER_CONTRACT or not rule.value:
        return
    held = BodyStanding.objects.filter(body=body).first()
    if held and held.contract_broken and held.contract_broken <= on:
        said = _("The contract of republican commitment was broken on %(day)s: nothing more is paid.")
        yield Lawful(said % {"day": day_said(held.contract_broken)}, rule)
    elif held and (held.approved or held.public_interest):
        said = _(
            "The contract of republican commitment: your body is approved or of public interest, which stands for it."
        )
        yield Lawful(said, rule, asked=False)
    else:
        said = _("The contract of republican commitment, signed by your body before the decision.")
        yield Lawful(said, rule, done=has_its_contract(body, on))


def _convention(grant: Grant, year: date) -> Iterator[Lawful]:
    if grant.beneficiary is None or grant.beneficiary.kind in PUBLIC:
        return
    rule, convention = funding_rule("convention_above", year), convention_of(grant)
    beside = yearly_beside(grant.beneficiary, grant.year)
    said = {"limit": _sum(rule.value), "year": grant.year, "beside": beside}
    if needs_convention(grant):
        signed = bool(convention and convention.signed)
        put_up = bool(convention and convention.papers.filter(amendment=None).exists())
        sentence = _(
            "A written convention, signed by your body and by the City before anything is paid: in %(year)s the City"
            " gives your body more than %(limit)s, cash and in kind."
        )
        of_city = not put_up or signed_by_beneficiary(convention)
        yield Lawful(sentence % said, rule, done=signed, of_city=of_city)
    elif beside:
        sentence = _(
            "A written convention: in %(year)s the City gives your body %(limit)s at most, cash and in kind, and"
            " besides %(beside)s, which is not counted: no rate of exchange is kept. The City says whether one is"
            " needed."
        )
        yield Lawful(sentence % said, rule, of_city=True)
    else:
        sentence = _("A written convention: in %(year)s the City gives your body %(limit)s at most, cash and in kind.")
        yield Lawful(sentence % said, rule, asked=False)
    handed = funding_rule("regrant_accounts", year)
    if handed.value and convention and convention.regranting:
        sentence = _("What is handed on to another body, as the convention allows: certified accounts tell of it.")
        yield Lawful(sentence, handed)
    elif handed.value:
        yield Lawful(_("Nothing of the grant is handed on to another body: no convention allows it."), handed)


def _use(grant: Grant, year: date) -> Iterator[Lawful]:
    rule = funding_rule("use_of_money", year)
    if rule.value and grant.form != GrantForm.IN_KIND:
        yield Lawful(_use_said(), rule)


def _use_said() -> str:
    return _(
        "The money serves what it was given for. What is left of it, and what served something else, is paid back; an"
        " amendment signed before the end may carry it on."
    )


def _report(grant: Grant, year: date, on: date) -> Iterator[Lawful]:
    if grant.form == GrantForm.IN_KIND:
        return
    rule, due = funding_rule("report_months", year), report_day(grant)
    held = report_of(grant, ReportKind.FINANCIAL, ReportState.RECEIVED, ReportState.ACCEPTED)
    if due is None and held is None:
        said = _("A financial report %(when)s, signed by who represents your body.")
        yield Lawful(said % {"when": report_awaits_payment(grant)}, rule, done=False)
        return
    sentence = _("A financial report, signed by who represents your body. While it is late, nothing more is paid.")
    late = held is None and due is not None and due < on
    yield Lawful(sentence, rule, done=held is not None, late=late, by=due)


def _publication(body: Subject, year: date) -> Iterator[Lawful]:
    """What a body that receives much publishes itself. What others give it is not known here."""
    if body.kind not in UNDER_CONTRACT:
        return
    yield from _published(year)


def _published(on: date) -> Iterator[Lawful]:
    names = ("accounts_published_above", "pay_told_above", "pay_told_budget")
    accounts, pay, budget = (funding_rule(name, on) for name in names)
    sentence = _(
        "Audited accounts, published by your body, once public grants of a year, from all givers, pass %(limit)s."
    )
    yield Lawful(sentence % {"limit": _sum(accounts.value)}, accounts)
    sentence = _(
        "What its three best paid leaders receive, published by your body, once its budget passes %(budget)s and public"
        " grants of a year pass %(limit)s."
    )
    yield Lawful(sentence % {"limit": _sum(pay.value), "budget": _sum(budget.value)}, pay)


def _essential(grant: Grant, on: date) -> Iterator[Lawful]:
    """Told until its day: whether a release shows them is not known here, and the body has nothing to do for it."""
    convention = convention_of(grant)
    due = essential_data_due(convention) if convention and needs_convention(grant) else None
    if convention and due and due >= on:
        yield Lawful(_essential_said(), essential_rule(convention), of_city=True, by=due)


def _essential_said() -> str:
    return _("The essential data of the convention, made public by the City: who receives, how much, for what.")


def asked_if_granted(on: date, kinds: Collection[str] = ()) -> list[Lawful]:
    """What will be asked of a body whose request is granted. ``kinds`` are those that may ask; none named, any."""
    contract, convention = funding_rule("republican_contract", on), funding_rule("convention_above", on)
    handed, use = funding_rule("regrant_accounts", on), funding_rule("use_of_money", on)
    private = not kinds or set(kinds) - PUBLIC - {NATURAL_PERSON}
    associations = not kinds or UNDER_CONTRACT & set(kinds)
    found = []
    if associations and contract.value:
        said = _(
            "From an association or a foundation: the contract of republican commitment, signed before the decision."
        )
        found.append(Lawful(said, contract))
    if private:
        said = _(
            "A written convention, signed by both before anything is paid, if the City gives your body more than"
            " %(limit)s in the year, cash and in kind; none is asked of a public body."
        )
        found.append(Lawful(said % {"limit": _sum(convention.value)}, convention))
        if handed.value:
            said = _(
                "Nothing is handed on to another body, unless the convention allows it; certified accounts then tell of"
                " it."
            )
            found.append(Lawful(said, handed))
    if use.value:
        found.append(Lawful(_use_said(), use))
    found.append(_report_if_granted(on))
    found += _published(on) if associations else ()
    if private:
        found.append(_essential_if_granted(on))
    return found


def duties_to_share() -> Iterator[dict[str, Any]]:
    """The same for each public call, in every language. A rule that came after its day asked nothing of its grants."""
    public = Call.objects.filter(subject__visibility=Visibility.PUBLIC)
    for call in public.select_related("subject").order_by("subject__key"):
        day = _day_of(call)
        told: dict[str, list[Lawful]] = {}
        for language in LANGUAGES:
            with override(language):
                told[language] = [each for each in asked_if_granted(day, call.applicants) if each.rule.since <= day]
        for place, each in enumerate(told[LANGUAGES[0]]):
            yield {
                "call": call.key,
                "place": place,
                "duty": {language: rows[place].sentence for language, rows in told.items()},
                "said_in": each.rule.said,
                "law": each.rule.law,
            }


def _day_of(call: Call) -> date:
    """The day whose rules hold for a call: when it closes, or the end of its edition, or the last rules there are."""
    if call.closes_at:
        return timezone.localtime(call.closes_at, timezone.get_default_timezone()).date()
    return date(int(call.edition), 12, 31) if re.fullmatch(r"[12]\d{3}", call.edition, re.ASCII) else date.max


def _report_if_granted(on: date) -> Lawful:
    rule = funding_rule("report_months", on)
    months = int(rule.value)
    said = ngettext(
        "A financial report within %(n)s month of the end of the year the money was given for, signed by who"
        " represents your body. While it is late, nothing more is paid.",
        "A financial report within %(n)s months of the end of the year the money was given for, signed by who"
        " represents your body. While it is late, nothing more is paid.",
        months,
    )
    return Lawful(said % {"n": number_said(months)}, rule)


def _essential_if_granted(on: date) -> Lawful:
    rule = funding_rule("essential_data_months", on)
    months = int(rule.value)
    said = ngettext(
        "Within %(n)s month of its signature, the City makes the essential data of the convention public: who"
        " receives, how much, for what.",
        "Within %(n)s months of its signature, the City makes the essential data of the convention public: who"
        " receives, how much, for what.",
        months,
    )
    return Lawful(said % {"n": number_said(months)}, rule, of_city=True)


def _sum(amount: Decimal) -> str:
    """A threshold, in the money of the city whose rule it is."""
    return money_said(amount, city_currency())
