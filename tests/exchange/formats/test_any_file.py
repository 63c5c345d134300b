"""Each reader, given files spoilt in every way: read or refused with a sentence, fast and in little memory.

``FUZZ_SECONDS=600`` looks longer; each reader then has that time.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.readers import READERS, read_whole, seeds

PROJECT = Path(__file__).resolve().parents[3]
SECONDS = os.environ.get("FUZZ_SECONDS", "")
#: A thousand files a reader in the suite, wherever a slow machine may be with its clock.
HOW_LONG = [f"-max_total_time={SECONDS}"] if SECONDS else ["-runs=1000", "-max_total_time=60"]
follows_lines = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="SKIPPED: no fuzzer follows lines on this machine (atheris)"
)
PIECES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"', b"'", b",", b";", b"<", b"&a;", b"<!DOCTYPE a [",
    b"]]>", b"{", b"[", b"}", b"null", b"1e999", b"-1", b"999999999999999999999", b"NaN", b"31/02/2024", b"\xe9",
    b"\xf0\x9f\x98\x80", b"xml:lang", b"%s", b"%(value)s",
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_a_small_file_of_each_kind_is_read(reader):
    assert all(read_whole(reader, seed) > 0 for seed in seeds(reader))


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_spoilt_file_is_read_or_refused_with_a_sentence(reader, data):
    whole = data.draw(st.sampled_from(seeds(reader)))
    for _edit in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(whole)))
        gone = data.draw(st.integers(0, 12))
        put = data.draw(st.sampled_from(PIECES) | st.binary(max_size=4)) * data.draw(st.sampled_from([1, 1, 2, 200]))
        whole = whole[:start] + put + whole[start + gone :]

    assert read_whole(reader, whole) >= -1


@follows_lines
@pytest.mark.parametrize("reader", READERS)
def test_no_line_a_spoilt_file_reaches_breaks_its_reader(reader, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for place, seed in enumerate(seeds(reader)):
        (corpus / str(place)).write_bytes(seed)
    options = [
        *HOW_LONG, "-seed=7", "-timeout=20", "-rss_limit_mb=0", "-max_len=20000", "-print_final_stats=1",
        f"-artifact_prefix={tmp_path}/",
    ]  # fmt: skip

    done = subprocess.run(
        [sys.executable, "-m", "tests.support.fuzzing", reader, str(corpus), *options],
        cwd=PROJECT, env=os.environ | {"PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}"}, capture_output=True, check=False,
    )  # fmt: skip

    said = done.stderr.decode(errors="replace")
    assert done.returncode == 0, said[-3000:]
    assert "stat::number_of_executed_units" in said
