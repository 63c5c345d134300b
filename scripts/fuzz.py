"""Each reader of strangers' files under a fuzzer that follows the lines a file reaches, for a bounded time.

``make fuzz`` gives each a minute. A file that breaks its reader is kept in ``var/fuzz/``, and the run ends with a
code that is not zero. What was found, and how many files were tried, goes to docs/benchmarks.md by hand.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.support.readers import READERS, seeds

PROJECT = Path(__file__).resolve().parent.parent
KEPT = PROJECT / "var" / "fuzz"
#: Beyond the time asked for, what starting and one slow file may take.
_MORE = 60


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("readers", nargs="*", metavar="READER", help=f"of {', '.join(READERS)}; all of them by default")
    asked.add_argument("--seconds", type=int, default=60, help="time for each reader")
    given = asked.parse_args()
    if unknown := sorted(set(given.readers) - set(READERS)):
        asked.error(f"no such reader: {', '.join(unknown)}")
    print(f"{'reader':<16}{'files':>10}{'a second':>10}{'seconds':>9}  found")
    return max([run(reader, given.seconds) for reader in given.readers or READERS])


def run(reader: str, seconds: int) -> int:
    """One reader for so long. Tells what came of it in a line; 1 when a file broke it."""
    folder = KEPT / reader
    shutil.rmtree(folder, ignore_errors=True)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for place, seed in enumerate(seeds(reader)):
        (corpus / str(place)).write_bytes(seed)
    options = [
        f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=0", "-max_len=20000", "-print_final_stats=1",
        f"-artifact_prefix={folder}/",
    ]  # fmt: skip
    began = time.monotonic()
    said, code = _fuzzed([sys.executable, "-m", "tests.support.fuzzing", reader, str(corpus), *options], seconds)
    (folder / "log").write_text(said, encoding="utf-8")
    took = time.monotonic() - began
    tried = int(found[1]) if (found := re.search(r"number_of_executed_units: (\d+)", said)) else 0
    told = "nothing" if code == 0 else f"a file that breaks it: {folder}"
    print(f"{reader:<16}{tried:>10}{tried / took:>10.0f}{took:>9.0f}  {told}", flush=True)
    return min(code, 1)


def _fuzzed(command: list[str], seconds: int) -> tuple[str, int]:
    paths = os.environ | {"PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}"}
    try:
        done = subprocess.run(
            command, cwd=PROJECT, env=paths, capture_output=True, check=False, timeout=seconds + _MORE
        )  # fmt: skip
    except subprocess.TimeoutExpired as fault:
        return (fault.stderr or b"").decode(errors="replace"), 1
    return done.stderr.decode(errors="replace"), abs(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
