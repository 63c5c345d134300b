"""The figures of a run, as a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
_TOP = """\
# Benchmarks

The last run of `make bench`; what was written in by hand says so. {day}, {machine}; load before the run {load:.1f};
the run took {took:.0f} s. Cities that do not exist, made from a seed, go through the same published tables as Paris
(`bench/synthetic.py`).
{warning}
Two kinds of figures: **work**, the processor's time for one thing, and the ratios between two works, which say the same
on a quiet machine and, nearly, on a busy one; and seconds, answers a second and waiting times, which hold for a machine
that does nothing else.
"""
#: A load above this, before the run, means that somebody else is at work.
BUSY = 0.7
_BAKES = """
## Baking a release

Work, seconds and memory, from rows to files checked by nobody yet. Work and memory are those of both processes: of many
rows, a second one writes the tables out while the records are drafted. *Making rows* is the work of the generator
itself, and is part of the two before. Aim at 100 000 records: under 30 s and 500 MB, growing no faster than
the records: the last column, µs of work a record, must not rise.

| records | rows | work, s | seconds | making rows, s | memory, MB | site, MB | files, MB | **µs of work a record** |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|
"""
_COMPARED = """
## Beside Datasette, on the very same `site.sqlite` of {size} records

One process each, the same machine, the same run, turn by turn, 4 clients of wrk, no response kept on either side.
Parvis with every middleware of the public site; Datasette with suggestions and counts of rows off.
Random records, filters and words.

- *record*: ours is the whole record with its ties, by its key; theirs a row by its number.
- *list*: 100 rows narrowed by one value. **Our counts were stored when the release was made**, since it cannot change;
  theirs are made for two facets. Ours come for every facet, with the total.
- *list, two filters*: nothing is stored for it; both count at once (ours as sets of bits).
- *search*: the 20 best of a full-text search; ours with counts by noun, exact names and the spelling that matched.
  **Not the same ranking**: up to 200 matches ours are ranked by bm25 as Datasette's are; of more, by where the words
  stand (title, name, text) and by ties to other records, which costs less.

| asked | Parvis, a second | Datasette, a second | times | aim | our work, ms | theirs | times less work | bad |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
"""
_PAGES = """
## Pages at {size} records

8 clients, 2 workers, random partners, filtered lists and searches; no page is kept, but rows already drawn are (5 000 a
worker), since they cannot change while their release is served. Aim: 95 of a hundred under 50 ms;
a worker under 120 MB.

| page | work, ms | a second | half under, ms | 95 % under, ms | 99 % under, ms | not answered |
|---|--:|--:|--:|--:|--:|--:|
"""


def busy(load: float) -> str:
    """What is said when the machine does something else than the benchmark."""
    return (
        f"**The machine was busy (load {load:.1f} before the run): do not quote its seconds, its answers a "
        "second or its waiting times.**"
    )


def head(figures: dict[str, Any]) -> str:
    """What a whole run says of itself."""
    warning = f"\n{busy(figures['load'])}\n" if figures["load"] > BUSY else ""
    return _TOP.format(**figures, warning=warning)


def again(figures: dict[str, Any]) -> str:
    """What is said under parts measured by themselves, after the run the page begins with."""
    return "\n*Measured again on {day}, load before it {load:.1f}.*\n".format(**figures)


def baked(bakes: list[dict[str, Any]]) -> str:
    lines = [_BAKES]
    for bake in bakes:
        each = bake["work"] / bake["records"] * 1e6
        lines.append(
            f"| {bake['records']} | {bake['rows']} | {bake['work']} | {bake['seconds']}"
            f" | {bake['making_rows']} | {bake['memory_mb']}"
            f" | {bake['site_mb']} | {bake['files_mb']} | {each:.0f} |\n"
        )
    return "".join(lines)


def served(figures: dict[str, Any]) -> str:
    lines = [_COMPARED.format(**figures)]
    lines.extend(
        f"| {one['name']} | {one['ours']:.0f} | {one['theirs']:.0f} | **{one['times']:.1f}** | {one['aim']:.0f}"
        f" | {one['our_work']:.2f} | {one['their_work']:.2f} | **{one['work']:.1f}** | {one['bad']} |\n"
        for one in figures["compared"]
    )
    lines.append(_PAGES.format(**figures))
    for name, page in figures["pages"].items():
        told = f"{page.work:.1f} | {page.rate:.0f} | {page.half:.1f} | {page.p95:.1f} | {page.p99:.1f} | {page.bad}"
        lines.append(f"| {name} | {told} |\n")
    memory = figures["memory"]
    lines.append(
        f"\nMemory of a worker afterwards, MB: {_said(memory['pages'])} (pages), {_said(memory['parvis'])} (feeds);"
        f" Datasette {_said(memory['datasette'])}.\n"
    )
    return "".join(lines)


_OUT = """
## Leaving with open standards

Grants that do not exist, from published rows to the file on disk, with their bodies, decisions and payments
(`bench/exchange_out.py`). Seconds of the clock, and of the processor, which other programs disturb less.

| format | grants | seconds | of processor | aim, s | file, MB | memory, MB |
|---|--:|--:|--:|--:|--:|--:|
"""
_INTERFACE = """
The interface: a page of 100 rows of {rows}, narrowed by two random conditions, half of them sorted by amount;
8 clients, 2 workers. Aim: 95 of a hundred under 30 ms, a worker under 150 MB of its own. *Its own*
is what would be free again if it stopped; the rest is libraries (Arrow, NumPy), pages of files that all workers share.

| a second | half under, ms | 95 % under, ms | 99 % under, ms | work, ms | not answered | workers, MB | their own, MB |
|--:|--:|--:|--:|--:|--:|---|---|
"""


def given_out(figures: dict[str, Any]) -> str:
    lines = [_OUT]
    lines.extend(
        f"| {one['format']} | {one['rows']} | {one['seconds']} | {one['work']} | {one['aim']} | {one['mb']}"
        f" | {one['memory']} |\n"
        for one in figures["written"]
    )
    page = figures["pages"]
    lines.append(_INTERFACE.format(rows=page["rows"]))
    lines.append(
        f"| {page['rate']:.0f} | {page['half']:.1f} | {page['p95']:.1f} | {page['p99']:.1f} | {page['work']:.1f}"
        f" | {page['bad']} | {_said(page['memory'])} | {_said(page['own'])} |\n"
    )
    return "".join(lines)


def _said(numbers: list[float]) -> str:
    return ", ".join(f"{number:.0f}" for number in numbers)


_LAST_MINUTE = """
## The last minute of a call

`make last-minute`, {day}, {machine}; load before the run {load:.1f}. {applicants} applicants, {each} saves and a
sending each, on the embedded database with every commit on the disk, {workers} workers, the crowd on the same machine
(`bench/crowd.py`). After each sending the page with the receipt's number is read. Aims: none lost, no error, 95 of a
hundred saves under 300 ms and sendings under 1 s. *Work* is the processor's time for one request: saves, sendings and
pages together.
{warning}
| | answered | half under, ms | 95 % under, ms | 99 % under, ms |
|---|--:|--:|--:|--:|
| saves | {saves[n]} | {saves[half]} | {saves[p95]} | {saves[p99]} |
| sendings | {sendings[n]} | {sendings[half]} | {sendings[p95]} | {sendings[p99]} |

| work, ms a request: office | database | crowd | seconds in all | errors | words lost | receipts without a whole file |
|--:|--:|--:|--:|--:|--:|--:|
| {work_ms[office]} | {work_ms[database]} | {work_ms[crowd]} | {seconds:.0f} | {errors} | {lost} | {without} |

{verdict}
"""
_UNDER_FIRE = """
## Killed while people write

`make chaos`, {day}, {machine}, {workers} workers. {at_once} applicants at a time, each with 20 saves and a
sending in about a minute, then another file, while processes are killed (`kill -9`, seed {seed}): {told}. The next
kill comes half a second to five after the office answers again.

| kills | back after, s: half | most | saves answered | receipts given | questions asked again | words lost | receipts \
without a whole file | half done | faults of the journal | seconds | saves a second |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
| {kills} | {back_half} | {back_most} | {saves} | {receipts} | {interrupted} | {lost} | {without} | {half} | {chain} \
| {seconds} | {a_second} |

{verdict}
"""
_LEDGER = """
## Many who award from one envelope at once

`make chaos`, {day}, {machine}; load before the run {load:.1f}. {connections} connections of the serving role reserve,
award and raise grants of one envelope that holds {voted} EUR, some two thirds of what is asked (`bench/ledger.py`).

| attempts | done | refused | seconds | half under, ms | 95 % under, ms | work, ms: ledger | database |
|--:|--:|--:|--:|--:|--:|--:|--:|
| {attempts} | {done} | {refused} | {took} | {half_ms} | {p95_ms} | {work_ms[ledger]} | {work_ms[database]} |

Of {voted} EUR, {reserved} are reserved afterwards, {engaged} engaged, {left} left.

{ledger_verdict} `make verify-ledger` says: {verified}
"""


def ledger(figures: dict[str, Any]) -> str:
    done = figures["outcomes"].get("done", 0)
    return _LEDGER.format(**figures, done=done, refused=figures["attempts"] - done)


def last_minute(figures: dict[str, Any]) -> str:
    warning = f"\n{busy(figures['load'])}\n" if figures["load"] > BUSY else ""
    each = figures["saves"]["n"] // max(figures["applicants"], 1)
    return _LAST_MINUTE.format(**figures, **_counted(figures), each=each, warning=warning)


def under_fire(figures: dict[str, Any]) -> str:
    told = ", ".join(f"{name} {count} times" for name, count in sorted(figures["killed"].items()))
    return _UNDER_FIRE.format(**figures, **_counted(figures), told=told, kills=sum(figures["killed"].values()))


def _counted(figures: dict[str, Any]) -> dict[str, int]:
    names = {"words_lost": "lost", "hollow": "without", "half_done": "half", "journal": "chain"}
    return {short: len(figures[name]) for name, short in names.items()} | {"errors": sum(figures["wrong"].values())}


def put_down(text: str, file: Path = _FILE) -> None:
    """Write what was measured in its place on the page, and leave what other parts wrote."""
    held = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(merged(held, text), encoding="utf-8")


def merged(held: str, fresh: str) -> str:
    """A page whose sections are those of both, the fresh ones instead of the held ones of the same name."""
    sections = dict(_sections(held)) | dict(_sections(fresh))
    return "\n\n".join(text.strip() for text in sections.values()) + "\n"


def _sections(page: str) -> list[tuple[str, str]]:
    """The parts of a page by the words of their heading; sizes in a heading are no part of its name."""
    parts = [part for part in re.split(r"(?m)^(?=## )", page) if part.strip()]
    return [(re.sub(r"\d+", "", part.partition("\n")[0]) if part.startswith("## ") else "", part) for part in parts]
