"""Reads of imports."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet

from parvis.exchange.inbound.enums import ImportState, RowVerdict
from parvis.exchange.inbound.models import Import, ImportRow, RememberedMapping


def imports() -> QuerySet[Import]:
    """Every import, the latest first."""
    return Import.objects.select_related("received_by", "decided_by")


def rows_with(imported: Import, verdict: str) -> QuerySet[ImportRow]:
    """The rows of an import; only those of a verdict where one is named."""
    rows = ImportRow.objects.filter(owner=imported)
    return rows.filter(verdict=verdict) if verdict else rows


def sure_doubles(imported: Import) -> list[tuple[str, str]]:
    """Rows that wait for one answer about one record no other row may be: their token, and its key."""
    asked = ImportRow.objects.filter(owner=imported, verdict=RowVerdict.REFUSED).exclude(doubles=[])
    rows = [
        (token, doubles[0]["key"])
        for token, doubles, problems in asked.values_list("token", "doubles", "problems")
        if len(doubles) == 1 and len(problems) == 1
    ]
    met = Counter(key for _token, key in rows)
    return [(token, key) for token, key in rows if met[key] == 1]


def before_of(imported: Import) -> Import | None:
    """The same file, brought in before."""
    earlier = Import.objects.filter(digest=imported.digest, target=imported.target, pk__lt=imported.pk)
    return earlier.exclude(state=ImportState.DROPPED).first()


def names_settled_before(imported: Import) -> dict[str, str]:
    """What names meant in files that were accepted: the key each was given, the latest word last."""
    accepted = Import.objects.filter(state=ImportState.ACCEPTED, kept__has_key="named").exclude(pk=imported.pk)
    said = accepted.order_by("decided_at", "pk").values_list("kept__named", flat=True)
    return {name: key for one in said for name, key in one.items()}


def mappings() -> QuerySet[RememberedMapping]:
    return RememberedMapping.objects.select_related("kept_by")
