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


def measured(size: int, folder: Path) -> dict[str, float]:
    """Bake a synthetic city; seconds, megabytes of memory and of files, rows."""
    city = SyntheticCity(size)
    start = time.process_time()
    rows = sum(sum(1 for _ in table.rows()) for table in city.tables())
    generating = time.process_time() - start
    start, work = time.perf_counter(), time.process_time()
    baked = bake(city.tables(), folder, city=CITY)
    seconds = time.perf_counter() - start
    weight = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "records": sum(baked.records.values()),
        "rows": rows,
        "seconds": round(seconds, 2),
        "work": round(time.process_time() - work, 2),
        "making_rows": round(generating, 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "site_mb": round((folder / "site.sqlite").stat().st_size / 1e6, 1),
        "files_mb": round(weight / 1e6, 1),
    }


if __name__ == "__main__":
    where = Path(tempfile.mkdtemp(prefix="parvis-bench-"))
    try:
        print(json.dumps(measured(int(sys.argv[1]), where)))
    finally:
        shutil.rmtree(where)
