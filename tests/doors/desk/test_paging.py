"""A long list at the desk, page by page."""

import pytest
from django.test import RequestFactory

from parvis.doors.desk.paging import paged

ROWS = list(range(1, 121))


@pytest.mark.parametrize(
    ("asked", "shown", "around"),
    [
        ("", (1, 50), {"page": 1, "pages": 3, "before": "", "after": "/there?page=2#list"}),
        ("?state=a&page=2", (51, 100), {
            "page": 2, "pages": 3, "before": "/there?state=a&page=1#list", "after": "/there?state=a&page=3#list",
        }),
        ("?page=99", (101, 120), {"page": 3, "pages": 3, "before": "/there?page=2#list", "after": ""}),
        ("?page=none", (1, 50), {"page": 1, "pages": 3, "before": "", "after": "/there?page=2#list"}),
    ],
)  # fmt: skip
def test_fifty_rows_a_page_and_whatever_else_is_asked_is_kept(asked, shown, around):
    rows, told = paged(RequestFactory().get(f"/there{asked}"), ROWS, at="list")

    assert ((rows[0], rows[-1]), told) == (shown, around)


def test_two_lists_of_one_page_are_turned_each_by_itself():
    request = RequestFactory().get("/there?grants=2&page=3")

    (grants, around), (entries, _around) = paged(request, ROWS, name="grants"), paged(request, ROWS)

    assert (grants[0], entries[0], around["after"]) == (51, 101, "/there?grants=3&page=3")
