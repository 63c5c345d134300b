"""Look at every page: three widths, two languages, print, dark, and one sheet that shows them all.

``make shots`` reads the release in force (``make run`` makes one) and writes into ``shots/``, which git
ignores: pictures, PDFs, ``index.html`` and ``index.png``.
"""

from __future__ import annotations

import argparse
import html
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from parvis.foundation.vocabulary.addresses import address, addresses
from parvis.publication import reader

PROJECT = Path(__file__).resolve().parent.parent
SHOTS = PROJECT / "shots"
WIDTHS = (360, 768, 1440)
LANGUAGES = ("fr", "en")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: What no list leads to.
ODD = {
    "not-found": "/nowhere",
    "no-such-day": "?on=2015-02-31",
    "past-day": "?on=2015-06",
    "found": "?q=tblissi",
}


@dataclass(frozen=True)
class Shot:
    """A page in a language, at a width, in a scheme."""

    name: str
    path: str
    language: str
    width: int
    scheme: str = "light"

    @property
    def file(self) -> str:
        dark = "-dark" if self.scheme == "dark" else ""
        return f"{self.name}-{self.language}-{self.width}{dark}.png"

    @property
    def first_screen(self) -> str:
        return self.file.replace(".png", "-top.jpg")


def pages(language: str) -> dict[str, str]:
    """Each section, and in each the record with the longest title: what breaks first."""
    release = reader.current()
    found = {section or "home": address(section, language) for section in ("", *addresses().sections)}
    found["european-accords"] = address("agreements", language, view="europe")
    for noun, section in addresses().nouns.items():
        rows = release.listing(noun, lang=language, size=10_000).rows
        if rows:
            longest = max(rows, key=lambda row: (len(row["title"]), row["key"]))
            found[f"{section}-{noun}"] = address(section, language, key=longest["key"])
    found["empty"] = address("agreements", language) + "?q=zzzz"
    found["not-found"] = address("", language) + ODD["not-found"]
    found["no-such-day"] = address("partners", language) + ODD["no-such-day"]
    found["past-day"] = address("partners", language) + ODD["past-day"]
    found["found"] = address("search", language) + ODD["found"]
    found["release-1"] = address("", language, release=release.number)
    return found


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
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/robots.txt", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The public site did not start.")


def take(browser: Browser, origin: str, shots: list[Shot]) -> list[str]:
    """Write the pictures; return what went wrong, in words."""
    faults: list[str] = []
    for shot in shots:
        context = browser.new_context(viewport={"width": shot.width, "height": 900}, color_scheme=shot.scheme)
        page = context.new_page()
        page.goto(origin + shot.path, wait_until="networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > shot.width:
            faults.append(f"{shot.path} at {shot.width}: {wide} wide")
        page.screenshot(path=SHOTS / shot.file, full_page=True)
        page.screenshot(path=SHOTS / shot.first_screen, type="jpeg", quality=50)
        context.close()
    return faults


def print_pages(browser: Browser, origin: str, found: dict[str, str], language: str) -> None:
    """Each page as it prints on A4."""
    page: Page = browser.new_page()
    for name, path in found.items():
        page.goto(origin + path, wait_until="networkidle")
        page.pdf(path=SHOTS / f"{name}-{language}.pdf", prefer_css_page_size=True, print_background=False)
    page.close()


def sheet(browser: Browser, shots: list[Shot]) -> None:
    """All pictures on one page, and a picture of that page."""
    figures = "".join(
        f'<figure><a href="{shot.file}"><img src="{shot.first_screen}" width="{max(120, shot.width // 6)}"></a>'
        f"<figcaption>{html.escape(shot.path)}<br>{shot.width} {shot.scheme}</figcaption></figure>"
        for shot in shots
    )
    style = (
        "body{font:11px system-ui;margin:16px;display:flex;flex-wrap:wrap;gap:12px;background:#ccc}"
        "figure{margin:0;max-width:240px}img{max-height:420px;object-fit:cover;object-position:top;display:block}"
    )
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Shots</title><style>{style}</style>'
    (SHOTS / "index.html").write_text(head + figures, encoding="utf-8")
    page = browser.new_page(viewport={"width": 2000, "height": 1200})
    page.set_default_timeout(180_000)
    page.goto((SHOTS / "index.html").as_uri(), wait_until="load")
    page.screenshot(path=SHOTS / "index.png", full_page=True)
    page.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="names of pages that contain this word")
    parser.add_argument("--no-print", action="store_true", help="leave the PDFs out")
    asked = parser.parse_args()
    chromium = shutil.which("chromium")
    if not chromium:
        raise SystemExit("Chromium is not on this machine (apt install chromium).")
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir()
    shots: list[Shot] = []
    with sync_playwright() as playwright, serving() as origin:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for language in LANGUAGES:
            found = {name: path for name, path in pages(language).items() if asked.only in name}
            shots += [Shot(name, path, language, width) for name, path in found.items() for width in WIDTHS]
            dark = [name for name in ("home", "map", "partners-place", "figures-indicator") if name in found]
            shots += [Shot(name, found[name], language, 1440, "dark") for name in dark]
            if not asked.no_print:
                print_pages(browser, origin, found, language)
        faults = take(browser, origin, shots)
        sheet(browser, shots)
        browser.close()
    print(f"{len(shots)} pictures in {SHOTS.name}/, all together in {SHOTS.name}/index.html and index.png.")
    for fault in faults:
        print(f"WIDER THAN THE SCREEN: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
