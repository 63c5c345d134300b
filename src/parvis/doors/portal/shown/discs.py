"""Discs on a ground of land: the surface of each is the sum of a country."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from parvis.publication.reader import Sum

from .cites import Shown

_LARGEST_MARK = {"wide": 30.0, "narrow": 16.0}


def marked(ground: Shown | None, sums: Mapping[str, Sum]) -> Shown | None:
    """The ground with a disc for each country, its surface as its sum."""
    if ground is None:
        return None
    most = max((told.amount for told in sums.values()), default=Decimal(0)) or Decimal(1)
    marked = dict(ground)
    for form, points in (("wide", ground["at"]), ("narrow", ground["at_narrow"])):
        discs = "".join(
            _disc(points[country], _LARGEST_MARK[form] * float(told.amount / most) ** 0.5)
            for country, told in sorted(sums.items(), key=lambda pair: -pair[1].amount)
            if country in points
        )
        marked[form] = ground[form].replace("</svg>", f'<g class="discs">{discs}</g></svg>')
    return marked


def _disc(point: tuple[float, float], radius: float) -> str:
    return f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="{max(radius, 2):.1f}"/>'
