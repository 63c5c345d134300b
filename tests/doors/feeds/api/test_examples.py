"""What the page of the interface shows works as it stands, typed into a terminal."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import urllib.request

import pytest

from tests.support.public_server import serving_public


@pytest.fixture(scope="module")
def shown(_published, tmp_path_factory):
    """The examples of the page as it is served, while it is served."""
    with serving_public(_published, tmp_path_factory.mktemp("served")) as origin:
        page = urllib.request.urlopen(f"{origin}/en/api").read().decode()
        found = re.findall(r'<code id="example-(\w+)">(.*?)</code>', page, re.DOTALL)
        yield {name: html.unescape(code) for name, code in found}


def test_the_python_example_reads_every_page(shown):
    said = subprocess.run([sys.executable, "-c", shown["python"]], capture_output=True, text=True, check=True).stdout

    assert said == "1 of 1\n"


@pytest.mark.skipif(not shutil.which("curl"), reason="SKIPPED: this machine has no curl")
def test_the_curl_example_answers(shown):
    said = subprocess.run(["sh", "-c", shown["curl"]], capture_output=True, text=True, check=True).stdout

    assert json.loads(said)["results"] == [{"key": "accord-cordoba", "signed": "2018"}]
