"""A declaration and its differences as tables."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from parvis.foundation.values import as_cell

from .declaration import Difference, Heading, Line

_HEADING = ("part", "country", "sector", "sector_label", "channel", "channel_label", "levy", "currency")
Labels = Mapping[tuple[str, str], str]


def write_declaration(lines: Iterable[Line], path: Path, labels: Labels) -> int:
    """Write a year. ``labels``: words of a code, by list (``sector``, ``channel``) and code. Returns how many lines."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow([*_HEADING, "paid", "voted", "grants", "grants_whose_payment_is_unknown", "records"])
        for line in lines:
            told = [_money(line.paid), _money(line.voted), len(line.keys), line.unknown, " ".join(line.keys)]
            table.writerow([*_told(line.heading, labels), *told])
            count += 1
    return count


def write_differences(found: Iterable[Difference], path: Path, labels: Labels) -> int:
    """Write what changed. Returns how many headings."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow([*_HEADING, "before", "after", "difference"])
        for one in found:
            gap = (one.after or Decimal()) - (one.before or Decimal())
            table.writerow([*_told(one.heading, labels), _money(one.before), _money(one.after), _money(gap)])
            count += 1
    return count


def _told(heading: Heading, labels: Labels) -> list[str]:
    return [
        as_cell(text)
        for text in (
            heading.part, heading.country, heading.sector, labels.get(("sector", heading.sector), ""), heading.channel,
            labels.get(("channel", heading.channel), ""), heading.levy, heading.currency,
        )
    ]  # fmt: skip


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
