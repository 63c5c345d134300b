"""Records the register has under another key: grants of one beneficiary, year and amount; ties of the same bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.funding.models import Grant
from parvis.domain.partnerships.models import Agreement, Membership
from parvis.exchange.inbound.judged import Judged
from parvis.exchange.inbound.words import our_keys
from parvis.foundation.values.text import squeeze
from parvis.register.models import Text

_Said = tuple[str, int, Decimal]


def find_grants_alike(judged: Sequence[Judged], others: Mapping[str, set[str]]) -> None:
    """Where the title is the same too it is that grant; where it is not, a person is asked.

    ``others`` are the records a person has said a row is not, by its token.
    """
    said = {id(one): found for one in judged if (found := _said(one))}
    known = _known({found[0] for found in said.values()}, {found[1] for found in said.values()}) if said else {}
    if not known:
        return
    wanted = {key for found in said.values() for key in known.get(found, ())}
    titles: dict[str, set[str]] = {}
    for key, body in Text.objects.filter(field="title", subject__key__in=wanted).values_list("subject__key", "body"):
        titles.setdefault(key, set()).add(squeeze(body))
    for one in judged:
        keys = [key for key in known.get(said.get(id(one), ("", 0, Decimal(0))), ()) if key not in _apart(one, others)]
        same = [key for key in keys if squeeze(one.title) in titles.get(key, set())]
        if len(same) == 1:
            one.key = same[0]
        else:
            why = _("A grant of this year, beneficiary and amount is in the register: say whether it is the same.")
            one.alike |= dict.fromkeys(keys, why)


def find_tied(noun: str, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Agreements between the same parties, memberships of the same member in the same network, with their kinds.

    The city is one party, whether it is told as the body or as the place it is.
    """
    found: Any
    if noun == "agreement" and len(parties := content.get("parties", [])) > 1:
        found = Agreement.objects.all()
        for party in parties:
            found = found.filter(parties__party__key__in=_either(party))
    elif noun == "membership" and content.get("network") and content.get("member"):
        found = Membership.objects.filter(network__key=content["network"], member__key__in=_either(content["member"]))
    else:
        return []
    held = found.filter(subject__revision__gte=1).order_by("subject__key").distinct()
    return list(held.values_list("subject__key", "subject__kind"))


def _either(key: str) -> frozenset[str]:
    ours = our_keys()
    return ours if key in ours else frozenset((key,))


def _apart(one: Judged, others: Mapping[str, set[str]]) -> set[str]:
    return others.get(one.token, set())


def _said(one: Judged) -> _Said | None:
    content = one.content
    amount = content.get("amount_voted") or content.get("amount_asked")
    if not amount or not content.get("beneficiary") or not content.get("year"):
        return None
    return content["beneficiary"], int(content["year"]), Decimal(str(amount))


def _known(beneficiaries: set[str], years: set[int]) -> dict[_Said, list[str]]:
    found: dict[_Said, list[str]] = {}
    rows = Grant.objects.filter(
        subject__revision__gte=1, year__in=years, beneficiary__key__in=beneficiaries
    ).values_list("subject__key", "beneficiary__key", "year", "amount_voted", "amount_asked")
    for key, beneficiary, year, voted, asked in rows:
        if amount := voted or asked:
            found.setdefault((beneficiary, year, amount), []).append(key)
    return found
