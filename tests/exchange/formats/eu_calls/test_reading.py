"""Calls of the European Union, from the portal and from a list."""

import json
from decimal import Decimal

import pytest

from parvis.exchange.formats.eu_calls.reading import PROGRAMMES, STATUSES, read_calls
from parvis.exchange.formats.tables.faults import Unreadable
from tests.exchange.formats.handout import STANDARDS, handed

CALLS = STANDARDS / "eu_calls"


@handed
def test_sixty_calls_of_horizon_are_read_whole():
    calls = list(read_calls(CALLS / "horizon_calls_60.json", "h.json"))

    assert len(calls) == 60
    assert [call.faults for call in calls if call.faults] == []
    assert {(call.programme, call.left_over) for call in calls} == {("Horizon Europe", ())}
    assert (calls[0].code, calls[0].opens, calls[0].closes, calls[0].budget) == (
        "HORIZON-CL2-2026-01-TRANSFO-03", "2026-05-12", ("2026-09-23",), Decimal("3000000.0"),
    )  # fmt: skip


@handed
def test_the_portals_own_record_is_read_and_what_nobody_takes_is_said():
    call = next(read_calls(CALLS / "sedia_search_sample.json", "s.json"))

    assert (call.code, call.programme, call.status) == ("HORIZON-CL5-2024-D2-01-03", "Horizon Europe", "forthcoming")
    assert (call.opens, call.closes) == ("2023-12-07", ("2024-04-18",))
    assert "batteries" in call.keywords
    assert "callIdentifier" in call.left_over


@handed
def test_codes_restated_are_those_of_the_portal():
    codes = json.loads((CALLS / "sedia_codes.json").read_text())

    assert codes["status"] == STATUSES
    assert set(codes["frameworkProgramme"]) == set(PROGRAMMES)


@pytest.mark.parametrize("data", ["", "a,b\n", '{"results": [1]}', '[{"name": }]', "[" * 5000])
def test_what_is_no_list_of_calls_is_refused(data, tmp_path):
    (tmp_path / "x").write_text(data)

    with pytest.raises(Unreadable):
        list(read_calls(tmp_path / "x", "x"))
