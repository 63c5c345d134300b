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
def test_whatever_is_asked_is_answered_as_described(origin):
    met = verdict("ask", origin, 12)

    assert met["code"] == 0, met["said"]
