"""Grants the register has under another key: the same beneficiary, year and amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from parvis.domain.funding.models import Grant
from parvis.exchange.inbound.judged import Judged
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
