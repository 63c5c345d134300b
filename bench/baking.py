"""How long a bake takes, how much memory it asks for, and how both grow. Run in a process of its own."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench.synthetic import CITY, SyntheticCity
from parvis.publication.bake import bake

#: This one, and the one that writes the tables out while the records are drafted.
PROCESSES = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def worked() -> float:
    """Seconds of the processor taken by all of our processes."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, PROCESSES))


def measured(size: int, folder: Path) -> dict[str, float]:
    """Bake a synthetic city; seconds, megabytes of memory and of files, rows."""
    city = SyntheticCity(size)
    start = time.process_time()
    rows = sum(sum(1 for _ in table.rows()) for table in city.tables())
    generating = time.process_time() - start
    start, work = time.perf_counter(), worked()
    baked = bake(city.tables(), folder, city=CITY)
    seconds, work = time.perf_counter() - start, worked() - work
    weight = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "records": sum(baked.records.values()),
        "rows": rows,
        "seconds": round(seconds, 2),
        "work": round(work, 2),
        "making_rows": round(generating, 2),
        "memory_mb": sum(round(resource.getrusage(who).ru_maxrss / 1024) for who in PROCESSES),
        "site_mb": round((folder / "site.sqlite").stat().st_size / 1e6, 1),
        "files_mb": round(weight / 1e6, 1),
    }


if __name__ == "__main__":
    where = Path(tempfile.mkdtemp(prefix="parvis-bench-"))
    try:
        print(json.dumps(measured(int(sys.argv[1]), where)))
    finally:
        shutil.rmtree(where)
