from datetime import date

from icalendar import Calendar

from tests.publication.conftest import said_by_hand


def dates_of(response) -> list[tuple[str, date, date, bool]]:
    calendar = Calendar.from_ical(response.content)
    return [
        (str(event["summary"]), event["dtstart"].dt, event["dtend"].dt, "rrule" in event)
        for event in calendar.walk("VEVENT")
    ]


def test_the_agenda_holds_what_has_a_day_and_no_date_known_in_part(site):
    response = site.get("/en/agenda.ics?sort=name")

    assert dates_of(response) == [
        ("Each year", date(2026, 9, 26), date(2026, 9, 27), True),
        ("Festival", date(2016, 6, 21), date(2016, 6, 24), False),
        ("Forum on water", date(2015, 5, 9), date(2015, 5, 10), False),
    ]
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


def test_anniversaries_of_the_coming_years(site):
    assert [start for _name, start, _end, _yearly in dates_of(site.get("/en/memory.ics"))] == [
        date(2027, 8, 25), date(2028, 8, 25),
    ]  # fmt: skip


def test_without_anniversaries_there_is_no_date(public_site, tmp_path):
    said_by_hand().publish(tmp_path)

    assert dates_of(public_site.get("/en/memory.ics")) == []


def test_a_partner_has_the_dates_of_what_is_shared_with_it(site):
    assert [name for name, *_rest in dates_of(site.get("/en/partners/tbilisi.ics"))] == ["Forum on water"]


def test_the_same_release_gives_the_same_calendar(site):
    first, again = site.get("/en/agenda.ics").content, site.get("/en/agenda.ics").content

    assert first == again


def test_a_day_that_cannot_be_read_is_no_day():
    from parvis.doors.feeds.calendars import _day

    assert [_day(text) for text in (None, "", "soon", "2015-05", "2015-05-09")] == [None] * 4 + [date(2015, 5, 9)]
