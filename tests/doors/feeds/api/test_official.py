"""The description of the interface holds, and the interface holds to it, whatever it is asked."""

from __future__ import annotations

import pytest

from tests.support.official import needs_judges, verdict
from tests.support.public_server import serving_public


@needs_judges
def test_the_description_is_openapi(site, tmp_path):
    described = tmp_path / "openapi.json"
    described.write_bytes(site.get("/api/v1/openapi.json").content)

    assert verdict("openapi", described) == []


@pytest.fixture
def origin(_published, tmp_path):
    with serving_public(_published, tmp_path, rate="0") as served:
        yield served


@needs_judges
def test_every_operation_is_asked_well_and_badly_and_answers_as_described(origin, site):
    description = site.get("/api/v1/openapi.json").json()

    met = verdict("ask", origin, 12)

    assert met["code"] == 0, met["said"]
    visited, kinds = met["visited"], ("positive", "negative")
    assert sorted(visited) == sorted(f"GET {path}" for path in description["paths"])
    assert [operation for operation, asked in visited.items() if not all(asked[kind] for kind in kinds)] == []
    assert [operation for operation, asked in visited.items() if "200" not in asked["positive"]] == []
    assert sorted({status for asked in visited.values() for status in asked["negative"] if status >= "500"}) == []
