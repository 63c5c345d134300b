"""Acts in the order of time."""

from parvis.doors.portal.shown.acts import in_time


def test_what_is_only_known_to_be_done_by_a_day_stands_at_that_day():
    told = ["", "2015-06-02", "../2015-05", "2001", "2013/2016", "../2020"]

    assert sorted(told, key=in_time) == ["2001", "2013/2016", "../2015-05", "2015-06-02", "../2020", ""]
