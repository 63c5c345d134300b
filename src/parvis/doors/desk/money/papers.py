"""The convention of a grant as a paper to sign: its facts gathered here, set by typst."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.domain.funding import queries
from parvis.domain.funding.enums import Condition
from parvis.domain.funding.models import Grant, Instalment
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.words import tongue
from parvis.doors.ui import spelling
from parvis.exchange.formats.convention_paper import convention_paper
from parvis.publication.bake.collecting import city_of_this_house

_GRANTS = gettext_lazy("The City grants %(amount)s, by its decision: %(decision)s.")
_USE = gettext_lazy("The sum serves this object alone. What is not spent, or not spent so, is paid back.")
_ACCOUNTS = gettext_lazy("A financial report and a narrative report reach the City by %(day)s at the latest.")
_CONTROL = gettext_lazy("The City may see the accounts and the works. A report that is late stops the payments.")
_PRINCIPLES = gettext_lazy("The beneficiary keeps the contract of republican commitment it signed.")


def convention_pdf(grant: Grant) -> bytes | None:
    """The paper; nothing where no convention was drawn up."""
    convention = queries.convention_of(grant)
    if convention is None:
        return None
    language = tongue()
    money = spelling.money(convention.amount, grant.currency, language)
    city = city_of_this_house().get("name", {})
    body = title_of(grant.beneficiary) if grant.beneficiary else _("a natural person")
    said = {"city": city.get(language) or next(iter(city.values()), settings.PARVIS_CITY), "body": body}
    decision = title_of(grant.decision) if grant.decision else ""
    regranting = (
        _("The beneficiary may grant part of the sum to the partners named in its project, and accounts for it.")
        if convention.regranting
        else _("The beneficiary may grant no part of the sum to others.")
    )
    day = {"day": spelling.day(queries.report_due(grant), language)}
    period = {name: spelling.day(getattr(convention, name), language) for name in ("starts", "ends")}
    return convention_paper(
        {
            "language": language,
            "title": _("Convention %(number)s") % {"number": convention.number},
            "number": convention.number,
            "between": _("Between the City (%(city)s) and %(body)s") % said,
            "articles": [
                [_("Object"), title_of(grant.subject)],
                [_("Amount"), _GRANTS % {"amount": money, "decision": decision}],
                [_("Period"), _("From %(starts)s to %(ends)s.") % period],
                [_("Use of the sum"), str(_USE)],
                [_("Re-granting"), regranting],
                [_("Accounts"), _ACCOUNTS % day],
                [_("Control"), str(_CONTROL)],
                [_("Principles of the Republic"), str(_PRINCIPLES)],
            ],
            "instalments_title": _("Instalments"),
            "instalments": [_instalment(each, grant.currency, language) for each in grant.instalments.all()],
            "signatures": [_("For the City"), _("For the beneficiary")],
        }
    )


def _instalment(each: Instalment, currency: str, language: str) -> list[str]:
    money = spelling.money(each.amount, currency, language)
    return [str(each.position), money, str(Condition(each.condition).label)]
