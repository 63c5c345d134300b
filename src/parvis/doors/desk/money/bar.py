"""The money bar: ceiling, voted, committed and paid on one scale. Its table always stands beside it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from parvis.domain.funding.queries import Standing
from parvis.doors.desk.words import tongue
from parvis.doors.ui import spelling

_WIDTH = 600
_HATCH = SafeString(
    '<pattern id="left" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line x1="0" y1="0" x2="0" y2="6" class="bar-hatch"/></pattern>'
)


def money_bar(money: Standing, currency: str, ceiling: Decimal | None = None) -> SafeString:
    """The drawing, or nothing where no money is voted: an empty bar says less than a sentence."""
    whole = max(ceiling or Decimal(0), money.voted)
    if whole <= 0:
        return SafeString("")
    parts = [("paid", money.paid), ("committed", money.engaged), ("voted", money.voted), ("ceiling", whole)]
    rects = [
        (name, _x(before, whole), _x(amount, whole) - _x(before, whole))
        for (name, amount), before in zip(parts, [Decimal(0), *(amount for _n, amount in parts)], strict=False)
    ]
    drawn = format_html_join(
        "", '<rect class="bar-{}" x="{}" y="2" width="{}" height="20"/>', ((n, x, w) for n, x, w in rects if w > 0)
    )
    return format_html(
        '<svg class="money-bar" viewBox="0 0 {} 24" role="img" aria-label="{}" preserveAspectRatio="none">'
        "<defs>{}</defs>{}</svg>",
        _WIDTH,
        _said(money, currency, ceiling),
        _HATCH,
        drawn,
    )


def _x(amount: Decimal, whole: Decimal) -> float:
    return float(round(amount / whole * _WIDTH * 2)) / 2


def _said(money: Standing, currency: str, ceiling: Decimal | None) -> str:
    def spelt(amount: Decimal) -> str:
        return spelling.money(amount, currency, tongue())

    said = _("voted %(voted)s, committed %(committed)s, paid %(paid)s, left %(left)s") % {
        "voted": spelt(money.voted),
        "committed": spelt(money.engaged),
        "paid": spelt(money.paid),
        "left": spelt(money.left),
    }
    return f"{_('ceiling')} {spelt(ceiling)}, {said}" if ceiling is not None else said
