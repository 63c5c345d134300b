"""What a page is about, for programs that read pages (schema.org, as JSON-LD in a block that no browser runs)."""

from __future__ import annotations

from typing import Any

from parvis.doors.portal.page import Page
from parvis.foundation.values import in_language

#: Nouns that schema.org has a word for.
_TYPES = {
    "place": "Place", "body": "Organization", "network": "Organization", "person": "Person", "event": "Event",
    "mission": "Event", "project": "Project", "source": "CreativeWork", "grant": "MonetaryGrant",
    "memorial": "LandmarksOrHistoricalBuildings", "story": "Article",
}  # fmt: skip
_DATED = frozenset({"Event", "Project"})


def linked(page: Page) -> dict[str, Any]:
    """The record or the section as schema.org tells it; empty where it has no word for it."""
    if page.section == "data":
        return _catalogue(page)
    card = page.card(page.key) if page.key else None
    kind = _TYPES.get(card["noun"]) if card else None
    if card is None or kind is None:
        return {}
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": page.request.build_absolute_uri(f"/id/{card['key']}"),
        "name": card["title"],
        "url": page.request.build_absolute_uri(page.path),
    }
    if card.get("lat") is not None and card.get("lon") is not None:
        point = {"@type": "GeoCoordinates", "latitude": card["lat"], "longitude": card["lon"]}
        told |= {"geo": point} if kind == "Place" else {"location": {"@type": "Place", "geo": point}}
    if kind in _DATED and card.get("from_day"):
        told["startDate" if kind == "Event" else "foundingDate"] = card["from_day"]
        if kind == "Event" and card.get("to_day"):
            told["endDate"] = card["to_day"]
    return told


def _catalogue(page: Page) -> dict[str, Any]:
    origin = page.request.build_absolute_uri("/").rstrip("/")
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": f"{origin}/data/catalogue",
        "name": f"{page.city_name} · Parvis",
        "url": page.request.build_absolute_uri(page.path),
        "dateModified": page.release.moment.isoformat(),
        "dataset": [
            {
                "@type": "Dataset",
                "name": in_language(table["title"], page.language)[0],
                "description": in_language(table["grain"], page.language)[0],
                "distribution": {
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "contentUrl": f"{origin}/data/current/tables/{table['name']}.csv",
                },
            }
            for table in page.release.tables()
        ],
    }
