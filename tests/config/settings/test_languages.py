"""Dates at the desk are written as on the portal: the day first, in every language."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

MOMENT = datetime(2026, 11, 26, 20, 41)  # noqa: DTZ001  # what a template writes is already in the city's zone


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "26 November 2026, 20:41"), ("fr", "26 novembre 2026, 20:41"), ("pt", "26 de Novembro de 2026, 20:41")],
)
def test_a_moment_puts_the_day_first_and_counts_to_24_hours(language, written):
    with override(language):
        said = date_format(MOMENT, "DATETIME_FORMAT")

    assert said == written
