"""What is said of a tie in one sentence."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils.translation import override

from parvis.doors.portal.views.partners import summed_up


def test_an_agreement_that_a_source_only_lists_is_not_dated_by_that_source():
    listed = {"noun": "agreement", "when": "2022-09-19", "signed": "", "announced": False}
    signed = {"noun": "agreement", "when": "2014-10", "signed": "2014-10", "announced": False}

    with override("en"):
        told = [summed_up(SimpleNamespace(language="en"), [act], {"tie": "agreement"}) for act in (listed, signed)]

    assert told == [
        "Tied by an agreement whose date is not known. 1 shared act is on record.",
        "Tied by an agreement of October\u00a02014. 1 shared act is on record.",
    ]
