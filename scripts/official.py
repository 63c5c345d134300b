"""Official judges on what we write, run by the Python of ``.official``; each answers with one line of JSON.

Usage: official.py scdl SCHEMA FILE | 360giving SCHEMAS TABLE | dcat SHAPES CATALOGUE | openapi FILE | ask ORIGIN CASES
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any


def scdl(schema: Path, file: Path) -> Any:
    """What Validata says against a file: nothing when it is valid."""
    import validata_core

    report = validata_core.validate(str(file), str(schema))
    return report.flatten(["rowPosition", "fieldName", "code"])


def giving(schemas: Path, table: Path) -> Any:
    """The grants that flattentool reads from our flat table, by its titles."""
    import flattentool

    with tempfile.TemporaryDirectory() as folder:
        Path(f"{folder}/flat").mkdir()
        shutil.copy(table, f"{folder}/flat/grants.csv")
        flattentool.unflatten(
            f"{folder}/flat", schema=str(schemas / "360-giving-schema.json"), output_name=f"{folder}/back.json",
            input_format="csv", root_list_path="grants", root_id="", id_name="id", convert_titles=True,
        )  # fmt: skip
        return json.loads(Path(f"{folder}/back.json").read_text())["grants"]


def dcat(shapes: Path, catalogue: Path) -> Any:
    """What SHACL says against a catalogue. Shapes that the official file names and does not define are passed over."""
    import pyshacl
    import rdflib

    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    rules = rdflib.Graph().parse(shapes, format="turtle")
    for shape, named in list(rules.subject_objects(sh.property)):
        if (named, sh.path, None) not in rules:
            rules.remove((shape, sh.property, named))
    data = rdflib.Graph().parse(catalogue)
    _conforms, found, _text = pyshacl.validate(data, shacl_graph=rules)
    return sorted(
        [str(found.value(one, sh[name])) for name in ("focusNode", "resultPath", "resultMessage")]
        for one in found.subjects(sh.resultSeverity, sh.Violation)
    )


def openapi(file: Path) -> Any:
    """What the validator of OpenAPI says against a description."""
    from openapi_spec_validator import OpenAPIV31SpecValidator

    return [str(fault.message) for fault in OpenAPIV31SpecValidator(json.loads(file.read_text())).iter_errors()]


def ask(origin: Path, cases: Path) -> Any:
    """What Schemathesis meets when it asks the interface what its description allows, and what it does not."""
    address = str(origin).replace(":/", "://", 1)
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.ndjson"
        said = subprocess.run(  # one worker: two of them trip over a fault of Python 3.11 in reading its own code
            [sys.executable, "-m", "schemathesis.cli", "--config-file",
             str(Path(__file__).with_name("schemathesis.toml").resolve()), "run", f"{address}/api/v1/openapi.json",
             "--max-examples", str(cases), "--seed", "1", "--phases", "examples,coverage,fuzzing", "--workers", "1",
             "--no-color", "--report", "ndjson", "--report-ndjson-path", str(told)],
            capture_output=True, text=True, check=False, cwd=folder,
        )  # fmt: skip
        visited = _visited(told)
    return {"code": said.returncode, "said": said.stdout[-6000:] + said.stderr[-2000:], "visited": visited}


def _visited(told: Path) -> dict[str, dict[str, Any]]:
    """For each operation: how often it was asked well and badly, and how it answered to each."""
    found: dict[str, dict[str, Any]] = {}
    for line in told.read_text().splitlines():
        asked = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for name, case in asked.get("cases", {}).items():
            response = asked["interactions"].get(name, {}).get("response")
            if response:
                by = found.setdefault(asked["label"], {"positive": {}, "negative": {}})
                answers = by[case["value"]["meta"]["generation"]["mode"]]
                status = str(response["status_code"])
                answers[status] = answers.get(status, 0) + 1
    return found


JUDGES = {"scdl": scdl, "dcat": dcat, "360giving": giving, "openapi": openapi, "ask": ask}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(sys.stderr):
        told = JUDGES[sys.argv[1]](*map(Path, sys.argv[2:]))
    print(json.dumps(told, default=str))
