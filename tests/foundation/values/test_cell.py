import pytest

from parvis.foundation.values import as_cell


@pytest.mark.parametrize("text", ["=1+1", "+33 1 42", "@SUM(A1)", "-1+cmd|' /C calc'!A0", "\tx", "\r=1", "-a", "="])
def test_what_a_spreadsheet_would_run_is_marked_as_text(text):
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Paris", "-8.61", "--05", "--09-26", "a=b", "2015-05-09", "-", "'=1"])
def test_any_other_text_stays_as_it_is(text):
    assert as_cell(text) == text
