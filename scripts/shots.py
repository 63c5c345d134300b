"""Look at every page: three widths, two languages, print, dark, and one sheet that shows them all.

``make shots`` reads the release in force (``make run`` makes one) and writes into ``shots/``, which git
ignores: pictures, PDFs, ``index.html`` and one ``index-<language>.png`` a language. Several pages are taken at
a time, each opened once and seen at every width. A page that answers as it did keeps its pictures, so that the
second run takes only what changed.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import html
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from parvis.foundation.vocabulary.addresses import address, addresses
from parvis.publication import reader
from parvis.publication.reader import Filters

PROJECT = Path(__file__).resolve().parent.parent
SHOTS = PROJECT / "shots"
LOOK = PROJECT / "src" / "parvis" / "doors" / "ui" / "static"
WIDTHS = (1440, 768, 360)
#: A4 in the pixels of CSS.
SHEET = {"width": 794, "height": 1123}
LANGUAGES = ("fr", "en")
#: Pages open at a time.
HANDS = min(4, (os.cpu_count() or 1) + 1)
#: Nouns whose record with the longest title may hold next to nothing: the one that holds most is taken too.
FULLEST = ("place", "agreement", "network", "programme", "grant", "body", "promise", "indicator", "source")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Sitter:
    """A page in a language, and the pictures that are to be made of it."""

    name: str
    path: str
    language: str

    @property
    def looks(self) -> list[tuple[int, str]]:
        return [(width, "light") for width in WIDTHS] + [(WIDTHS[0], "dark")]

    def file(self, width: int, scheme: str) -> str:
        return f"{self.name}-{self.language}-{width}{'-dark' if scheme == 'dark' else ''}.png"

    @property
    def paper(self) -> str:
        return f"{self.name}-{self.language}.pdf"

    @property
    def paper_seen(self) -> str:
        """The first sheet of paper, as a picture for the contact sheet."""
        return f"{self.name}-{self.language}-paper.jpg"


@dataclass
class Album:
    """What was taken, of which answers, and what went wrong."""

    origin: str
    on_paper: bool
    taken: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    fresh: int = 0

    @property
    def ledger(self) -> Path:
        return SHOTS / "taken.json"

    def mark(self, sitter: Sitter) -> str:
        """A digest of what the page answers and of how it is dressed."""
        try:
            with urllib.request.urlopen(self.origin + sitter.path, timeout=60) as answer:
                body = answer.read()
        except urllib.error.HTTPError as refused:
            body = refused.read()
        said = body.replace(self.origin.encode(), b"")
        return hashlib.sha256(said + _look() + bytes(self.on_paper)).hexdigest()[:16]

    def holds(self, sitter: Sitter, mark: str) -> bool:
        files = [sitter.file(*look) for look in sitter.looks] + (
            [sitter.paper, sitter.paper_seen] if self.on_paper else []
        )
        return self.taken.get(sitter.path) == mark and all((SHOTS / file).exists() for file in files)


def _look() -> bytes:
    return b"".join(path.read_bytes() for path in sorted(LOOK.rglob("*.css")))


def sitters(language: str) -> list[Sitter]:
    """Each section, in each the record with the longest title, what breaks first, and pages of no record."""
    release = reader.current()
    found = {section or "home": address(section, language) for section in ("", *addresses().sections)}
    found["european-accords"] = address("agreements", language, view="europe")
    for noun, section in addresses().nouns.items():
        rows = release.listing(noun, lang=language, size=10_000).rows
        if rows:
            longest = max(rows, key=lambda row: (len(row["title"]), row["key"]))
            found[f"{section}-{noun}"] = address(section, language, key=longest["key"])
    for noun in FULLEST:
        rows = release.listing(noun, lang=language, size=10_000, docs=True).rows
        if rows:
            fullest = max(rows, key=lambda row: (len(json.dumps(row["doc"])), row["key"]))
            found[f"{addresses().nouns[noun]}-{noun}-fullest"] = address(
                addresses().nouns[noun], language, key=fullest["key"]
            )
    for section, key in (("themes", "climate"), ("budget", "2022"), ("versions", str(release.number))):
        found[f"{section}-one"] = address(section, language, key=key)
    held = release.listing("agreement", lang=language, filters=Filters(kinds=("framework",)), size=1).rows
    if held:
        found["frameworks-one"] = address("frameworks", language, key=held[0]["key"])
    compared = address("partners", language, view="compare")
    found["compare"] = f"{compared}?with=mexico-city&with=phnom-penh&with=athens"
    search = address("search", language)
    found["search-one"], found["search-many"] = f"{search}?q=tblissi", f"{search}?q=climat"
    found["search-ambiguous"], found["search-none"] = f"{search}?q=cordoba", f"{search}?q=zzzz"
    found["empty"] = address("agreements", language) + "?q=zzzz"
    found["not-found"] = address("", language) + "/nowhere"
    found["list-ended"] = address("partners", language) + "?page=99999"
    found["too-long"] = f"{search}?q={'a' * 9_000}"
    found["no-such-day"] = address("partners", language) + "?on=2015-02-31"
    found["past-day"] = address("partners", language) + "?on=2015-06"
    found["past-release"] = address("", language, release=release.number)
    return [Sitter(name, path, language) for name, path in found.items()]


@contextmanager
def serving() -> Iterator[str]:
    """The public site on a free port, for as long as this lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "django", "runserver", "--noreload", str(port)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "parvis.config.public", "PARVIS_DEBUG": "1"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/robots.txt", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The public site did not start.")


async def take_all(browser: Browser, album: Album, wanted: Iterable[Sitter]) -> None:
    """Take every page that changed, a few at a time."""
    waiting = list(reversed(list(wanted)))

    async def hand() -> None:
        context = await browser.new_context()
        page = await context.new_page()
        page.set_default_timeout(120_000)
        while waiting:
            sitter = waiting.pop()
            mark = await asyncio.to_thread(album.mark, sitter)
            if not album.holds(sitter, mark):
                await _take(page, album, sitter)
                album.taken[sitter.path] = mark
                album.fresh += 1
        await context.close()

    await asyncio.gather(*(hand() for _ in range(HANDS)))


async def _take(page: Page, album: Album, sitter: Sitter) -> None:
    """One page at each width, dark where asked, and on paper."""
    await page.emulate_media(media="screen", color_scheme="light")
    await page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    await page.goto(album.origin + sitter.path, wait_until="load")
    for width, scheme in sitter.looks:
        await page.emulate_media(color_scheme=scheme)
        await page.set_viewport_size({"width": width, "height": 900})
        await page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => true)")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            album.faults.append(f"{sitter.path} at {width}: {wide} wide")
        file = SHOTS / sitter.file(width, scheme)
        await page.screenshot(path=file, full_page=True)
        await page.screenshot(path=_first_screen(file), type="jpeg", quality=50)
    if album.on_paper:
        await page.emulate_media(media="print", color_scheme="light")
        await page.set_viewport_size(SHEET)
        await page.screenshot(path=SHOTS / sitter.paper_seen, type="jpeg", quality=50)
        await page.pdf(path=SHOTS / sitter.paper, prefer_css_page_size=True, print_background=False)


def _first_screen(file: Path) -> Path:
    return file.with_name(f"{file.stem}-top.jpg")


async def write_sheets(browser: Browser, taken: list[Sitter]) -> None:
    """All pictures on one page, and a picture of that page for each language."""
    index: list[str] = []
    for language in dict.fromkeys(sitter.language for sitter in taken):
        figures = "".join(_figures(sitter) for sitter in taken if sitter.language == language)
        (SHOTS / f"index-{language}.html").write_text(_SHEET_HEAD + figures, encoding="utf-8")
        index.append(figures)
        page = await browser.new_page(viewport={"width": 4000, "height": 1200})
        page.set_default_timeout(180_000)
        await page.goto((SHOTS / f"index-{language}.html").as_uri(), wait_until="load")
        await page.screenshot(path=SHOTS / f"index-{language}.png", full_page=True)
        await page.close()
    (SHOTS / "index.html").write_text(_SHEET_HEAD + "".join(index), encoding="utf-8")


_STYLE = (
    "body{font:11px system-ui;margin:16px;display:flex;flex-wrap:wrap;gap:12px;background:#ccc}"
    "figure{margin:0;max-width:240px}img{max-height:420px;object-fit:cover;object-position:top;display:block}"
)
_SHEET_HEAD = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Shots</title><style>{_STYLE}</style>'


def _figures(sitter: Sitter) -> str:
    shown = []
    for width, scheme in sitter.looks:
        file = sitter.file(width, scheme)
        small = _first_screen(Path(file)).name
        shown.append(
            f'<figure><a href="{file}"><img src="{small}" width="{max(120, width // 6)}"></a>'
            f"<figcaption>{html.escape(sitter.path[:90])}<br>{width} {scheme}</figcaption></figure>"
        )
    if (SHOTS / sitter.paper_seen).exists():
        shown.append(
            f'<figure><a href="{sitter.paper}"><img src="{sitter.paper_seen}" width="160"></a>'
            f"<figcaption>{html.escape(sitter.path[:90])}<br>paper</figcaption></figure>"
        )
    return "".join(shown)


async def work(album: Album, wanted: list[Sitter], chromium: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        try:
            await take_all(browser, album, wanted)
            await write_sheets(browser, wanted)
        finally:
            album.ledger.write_text(json.dumps(album.taken, indent=1, sort_keys=True), encoding="utf-8")
            await browser.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[""], help="names of pages that contain one of these words")
    parser.add_argument("--languages", nargs="*", default=LANGUAGES, help="fr and en unless told")
    parser.add_argument("--no-print", action="store_true", help="leave the PDFs out")
    parser.add_argument("--afresh", action="store_true", help="take all again, changed or not")
    asked = parser.parse_args()
    chromium = shutil.which("chromium")
    if not chromium:
        raise SystemExit("Chromium is not on this machine (apt install chromium).")
    if asked.afresh:
        shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir(exist_ok=True)
    began = time.monotonic()
    with serving() as origin:
        album = Album(origin, on_paper=not asked.no_print)
        if album.ledger.exists():
            album.taken = json.loads(album.ledger.read_text(encoding="utf-8"))
        every = (one for language in asked.languages for one in sitters(language))
        wanted = [one for one in every if any(word in one.name for word in asked.only)]
        asyncio.run(work(album, wanted, chromium))
    print(
        f"{len(wanted)} pages in {SHOTS.name}/, {album.fresh} taken anew in {time.monotonic() - began:.0f} s; "
        f"all together in {SHOTS.name}/index.html and index-<language>.png."
    )
    for fault in album.faults:
        print(f"WIDER THAN THE SCREEN: {fault}")
    return 1 if album.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
