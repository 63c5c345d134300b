"""Reads of imports."""

from __future__ import annotations

from django.db.models import QuerySet

from parvis.exchange.inbound.enums import ImportState
from parvis.exchange.inbound.models import Import, ImportRow, RememberedMapping


def imports() -> QuerySet[Import]:
    """Every import, the latest first."""
    return Import.objects.select_related("received_by", "decided_by")


def rows_with(imported: Import, verdict: str) -> QuerySet[ImportRow]:
    """The rows of an import; only those of a verdict where one is named."""
    rows = ImportRow.objects.filter(owner=imported)
    return rows.filter(verdict=verdict) if verdict else rows


def before_of(imported: Import) -> Import | None:
    """The same file, brought in before."""
    earlier = Import.objects.filter(digest=imported.digest, target=imported.target, pk__lt=imported.pk)
    return earlier.exclude(state=ImportState.DROPPED).first()


def mappings() -> QuerySet[RememberedMapping]:
    return RememberedMapping.objects.select_related("kept_by")
