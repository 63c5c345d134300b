"""Applicants who save and send, many at once, in one process of its own that asks little of the machine.

``python -m bench.crowd`` reads what to play on its input and writes what it met on its output. Each applicant has a
session, a window and a connection, as a browser has; the page's script is imitated in what it sends and in how it
tries again.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import re
import resource
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

FIELDS = ("title", "summary", "need", "people", "starts", "ends", "signatory", "contact")
#: How long the page's script goes on trying.
_PATIENCE = 90
_AGAIN_AFTER = 0.5
_NUMBER = re.compile(rb"\d{4}-MAR-\d{4,}")
_STOP = "stop"


@dataclass
class Told:
    """What was met."""

    saves: list[float] = field(default_factory=list)
    sendings: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    interrupted: int = 0
    receipts: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    seconds: float = 0
    work: float = 0


class Applicant:
    """One person with one file."""

    def __init__(self, known: dict[str, str], port: int, told: Told, *, stubborn: bool) -> None:
        self.known, self.port, self.told, self.stubborn = known, port, told, stubborn
        self.head = (
            f"Host: localhost:{port}\r\nOrigin: http://localhost:{port}\r\nAccept-Language: en\r\n"
            f"Cookie: parvis_session={known['session']}; parvis_csrf={known['csrf']}\r\n"
            f"X-CSRFToken: {known['csrf']}\r\n"
        )
        self.place = f"/guichet/dossiers/{known['file']}/"
        self.revisions: dict[str, int] = {}
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, bytes]:
        """One question. A connection the server had closed meanwhile is opened again once, as browsers do."""
        said = body.encode()
        whole = f"{method} {path} HTTP/1.1\r\n{self.head}"
        if said:
            whole += f"Content-Type: {kind}\r\nContent-Length: {len(said)}\r\n"
        for _turn in range(2):
            fresh = self.line is None
            try:
                if self.line is None:
                    self.line = await asyncio.open_connection("127.0.0.1", self.port)
                self.line[1].write(whole.encode() + b"\r\n" + said)
                async with asyncio.timeout(30):
                    return await self._answer()
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                self.close()
                if fresh:
                    break
        return 0, b""

    async def _answer(self) -> tuple[int, bytes]:
        assert self.line is not None
        head = (await self.line[0].readuntil(b"\r\n\r\n")).lower()
        status = int(head[9:12])
        length = int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0] or 0)
        body = await self.line[0].readexactly(length) if length else b""
        if b"\r\nconnection: close" in head:
            self.close()
        return status, body

    def close(self) -> None:
        if self.line is not None:
            self.line[1].close()
        self.line = None

    async def _until(self, wanted: int, what: str, *asked: str) -> tuple[float, bytes] | None:
        """Ask until it is answered as it should be; under fire, for as long as the page's script would."""
        end = time.monotonic() + _PATIENCE
        while True:
            begun = time.monotonic()
            status, body = await self.ask(*asked)
            if status == wanted:
                return time.monotonic() - begun, body
            if not self.stubborn or time.monotonic() > end or 400 <= status < 500:
                self.told.wrong[f"{what} {status} {body[-120:]!r}" if status == 409 else f"{what} {status}"] += 1
                return None
            self.told.interrupted += 1
            await asyncio.sleep(_AGAIN_AFTER)

    async def save(self, turn: int) -> None:
        name = FIELDS[turn % len(FIELDS)]
        value = value_of(name, turn)
        one = {"field": name, "value": value, "base": self.revisions.get(name, 0)}
        said = json.dumps({"window": "bench", "saves": [one]})
        met = await self._until(200, "save", "POST", f"{self.place}enregistrer/", said, "application/json")
        if met is not None:
            self.revisions |= json.loads(met[1])["revisions"]
            self.told.saves.append(met[0])
            self.told.words.setdefault(self.known["file"], {})[name] = value

    async def send(self) -> None:
        """Send, and read the page with the receipt's number, to which the answer leads."""
        form = f"csrfmiddlewaretoken={self.known['csrf']}"
        kind = "application/x-www-form-urlencoded"
        met = await self._until(302, "sending", "POST", f"{self.place}envoyer/", form, kind)
        if met is None:
            return
        self.told.sendings.append(met[0])
        page = await self._until(200, "page", "GET", self.place)
        number = _NUMBER.search(page[1]) if page else None
        self.told.receipts[self.known["file"]] = number[0].decode() if number else ""


def value_of(name: str, turn: int) -> str:
    return {
        "people": str(100 + turn),
        "starts": "2027-06-01",
        "ends": "2028-05-31",
        "contact": f"bench{turn}@assoc.example",
    }.get(name, f"{name} as it was written at turn {turn}")


async def last_minute(asked: dict[str, Any], told: Told) -> None:
    """Everybody at once: saves spread over nine tenths of the time, sendings over the last tenth."""
    start, within = time.monotonic(), asked["within"]

    async def one(known: dict[str, str]) -> None:
        chance = random.Random(known["file"])  # spreads a load, and is the same each time
        applicant = Applicant(known, asked["port"], told, stubborn=False)
        for turn, moment in enumerate(sorted(chance.random() * within * 0.9 for _turn in range(asked["saves"]))):
            await asyncio.sleep(max(0.0, start + moment - time.monotonic()))
            await applicant.save(turn)
        await asyncio.sleep(max(0.0, start + within * (0.9 + 0.1 * chance.random()) - time.monotonic()))
        await applicant.send()

    await asyncio.gather(*(one(known) for known in asked["known"]))


async def _rest(stopping: asyncio.Event, pause: float) -> None:
    """As long as one writes between two saves; not at all once it is time to finish."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), random.random() * pause * 2)


async def under_fire(asked: dict[str, Any], told: Told) -> None:
    """So many at a time, one after the other, until told to stop; then each finishes what it began."""
    waiting, stopping = iter(asked["known"]), asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, lambda: (sys.stdin.readline(), stopping.set()))

    async def place() -> None:
        for known in waiting:
            if stopping.is_set():
                return
            applicant = Applicant(known, asked["port"], told, stubborn=True)
            await _rest(stopping, asked["pause"])
            for turn in range(asked["saves"]):
                await applicant.save(turn)
                await _rest(stopping, asked["pause"])
            await applicant.send()
            applicant.close()

    await asyncio.gather(*(place() for _turn in range(asked["at_once"])))


def main() -> None:
    asked, told = json.loads(sys.stdin.readline()), Told()
    gc.disable()  # a pause of ours would be told as the server's
    begun = time.monotonic()
    asyncio.run(under_fire(asked, told) if asked.get("at_once") else last_minute(asked, told))
    used = resource.getrusage(resource.RUSAGE_SELF)
    told.seconds, told.work = time.monotonic() - begun, used.ru_utime + used.ru_stime
    print(json.dumps(vars(told)))  # asdict would count the pairs of what went wrong


if __name__ == "__main__":
    main()
