"""One reader under a fuzzer that follows the lines each file reaches; by itself: ``fuzzing.py READER CORPUS OPTION…``.

Whatever is not read and not refused with a sentence ends it with a code that is not zero, and the file is kept.
"""

from __future__ import annotations

import resource
import sys

import atheris

with atheris.instrument_imports(include=["parvis.exchange.formats", "parvis.foundation.values"]):
    from tests.support.readers import read_whole


#: Bytes a reader may hold. The fuzzer's own limit counts what the process that started it once held.
_MOST = 500 << 20


def main() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST, _MOST))
    name, corpus, *options = sys.argv[1:]

    def once(data: bytes) -> None:
        if read_whole(name, data) < -1:
            raise AssertionError("refused without a sentence")

    atheris.Setup([sys.argv[0], *options, corpus], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
