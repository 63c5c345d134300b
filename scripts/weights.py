"""What a first visit weighs, compressed, by kind of page, against the most it may weigh. ``make weights``.

The heaviest page of each kind is found by its HTML, then opened in Chromium, which fetches what a reader's
browser would; the map is opened too, by the reader's gesture. A page over its row is named, and the answer is no.
"""

from __future__ import annotations

import gzip
import sys
import urllib.request
from dataclasses import dataclass

from playwright.sync_api import Browser, Request, sync_playwright

from scripts.open_site import FLAGS, SITE, chromium, open_site, skipped_for_want_of_a_browser

PARTS = ("HTML", "CSS", "JS", "fonts", "other")
_PART_OF = {"document": "HTML", "stylesheet": "CSS", "font": "fonts"}
LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Row:
    """The most each part of a kind of page may weigh, in KB."""

    most: tuple[int, int, int, int, int]
    total: int


#: The mark in the tab is the one other thing a page asks for.
MARK = 1
#: The two preloaded fonts weigh 76 KB; a page that names Bacău or Erdoğan adds their extended halves, as it must.
FONTS_EXTENDED = 59
ROWS = {
    "home": Row((26, 14, 24, 80, MARK), 150),
    "record": Row((22, 14, 24, 80, MARK), 140),
    "list": Row((30, 14, 24, 80, MARK), 150),
    "map": Row((26, 24, 24, 80, MARK), 150),
    "map, opened": Row((26, 24, 24 + 445, 80, 60 + 230), 900),
}


def main() -> int:
    """Print the table; 1 when a page weighs more than it may."""
    if skipped_for_want_of_a_browser("the weights of the pages"):
        return 0
    faults: list[str] = []
    with open_site() as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        print(f"{'KB, compressed':14}" + "".join(f"{name:>13}" for name in (*PARTS, "total")) + "  page")
        for kind, path in _heaviest(origin).items():
            weighed = _weigh(browser, origin + path, open_map=kind.endswith("opened"))
            faults += _told(kind, path, weighed)
        browser.close()
    for fault in faults:
        print(f"TOO HEAVY: {fault}", flush=True)
    return 1 if faults else 0


def _heaviest(origin: str) -> dict[str, str]:
    """The page of each kind whose HTML weighs most."""
    chosen = {kind: max(paths, key=lambda path: _compressed(origin + path)) for kind, paths in _pages().items()}
    return {**chosen, "map, opened": chosen["map"]}


def _pages() -> dict[str, list[str]]:
    """Every page of the portal in force, by kind, in both full languages for the few, in French for the many."""
    from parvis.foundation.vocabulary.addresses import address, addresses  # noqa: PLC0415
    from parvis.publication import reader  # noqa: PLC0415

    reader.serve_from(SITE)
    release = reader.current()
    nouns = addresses().nouns
    records = [
        address(section, "fr", key=row["key"])
        for noun, section in nouns.items()
        for row in release.listing(noun, lang="fr", size=10_000).rows
    ]
    lists = [address(name, code) for name in addresses().sections if name != "map" for code in LANGUAGES]
    return {
        "home": [address("", code) for code in LANGUAGES],
        "record": records,
        "list": lists,
        "map": [address("map", code) for code in LANGUAGES],
    }


def _compressed(address: str) -> int:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body: bytes = answer.read()
    return len(body) if body[:2] == b"\x1f\x8b" else len(gzip.compress(body))


def _weigh(browser: Browser, address: str, *, open_map: bool) -> dict[str, float]:
    """KB on the wire for a first visit, by part, what workers fetch included."""
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    asked: list[Request] = []
    context.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108  # it marks its handlers
    page.goto(address, wait_until="networkidle")
    if open_map:
        page.locator("[data-map-open]").click()
        page.locator(".map[data-state=open] a.map-point").first.wait_for(timeout=60_000)
        page.wait_for_load_state("networkidle")
    weighed = dict.fromkeys(PARTS, 0.0)
    for request in asked:
        if not request.url.startswith(("data:", "blob:")):
            weighed[_part(request)] += _size(request) / 1024
    context.close()
    return weighed


def _size(request: Request) -> int:
    """Bytes of the answer; what a worker is made of is not told by the browser, and is asked for again."""
    told = request.sizes()["responseBodySize"]
    return told or (_compressed(request.url) if request.url.endswith(".mjs") else 0)


def _part(request: Request) -> str:
    if request.url.endswith((".js", ".mjs")):
        return "JS"
    return _PART_OF.get(request.resource_type, "other")


def _told(kind: str, path: str, weighed: dict[str, float]) -> list[str]:
    """Print a row; return what is over it."""
    row = ROWS[kind]
    extended = FONTS_EXTENDED if weighed["fonts"] > 80 else 0
    most = dict(zip(PARTS, row.most, strict=True))
    most["fonts"] += extended
    said, limits = {**weighed, "total": sum(weighed.values())}, {**most, "total": row.total + extended}
    print(f"{kind:14}" + "".join(f"{said[name]:6.1f} of {limits[name]:3d}" for name in said) + f"  {path}", flush=True)
    return [
        f"{path}: {name} {said[name]:.1f} of {limits[name]} KB" for name in said if said[name] > limits[name] + 0.05
    ]


if __name__ == "__main__":
    sys.exit(main())
