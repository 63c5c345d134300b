"""The lines are those of the library, read back by it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Alarm, Calendar, Event

from parvis.doors.feeds.calendar_lines import calendar_lines, event_lines, moment_lines

MOMENT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = date(2015, 5, 9)


def written(title: str, *, yearly: bool = False) -> bytes:
    return event_lines(
        uid="forum@city.example", moment=MOMENT, first=DAY, after=DAY + timedelta(days=1), yearly=yearly, title=title,
        url="https://city.example/en/agenda/forum",
    )  # fmt: skip


def by_the_library(title: str, *, yearly: bool = False) -> bytes:
    event = Event()
    event.add("uid", "forum@city.example")
    event.add("dtstamp", MOMENT)
    event.add("dtstart", DAY)
    event.add("dtend", DAY + timedelta(days=1))
    if yearly:
        event.add("rrule", {"freq": "yearly"})
    event.add("summary", title)
    event.add("url", "https://city.example/en/agenda/forum")
    event.add("transp", "TRANSPARENT")
    return event.to_ical()


def test_an_event_is_written_as_the_library_writes_it():
    assert written("Eau, climat ; forum\nà Paris") == by_the_library("Eau, climat ; forum\nà Paris")
    assert written("Fête", yearly=True) == by_the_library("Fête", yearly=True)


def test_a_moment_is_written_as_the_library_writes_it_in_universal_time_with_its_alarm():
    closes = datetime(2027, 3, 31, 17, 0, tzinfo=ZoneInfo("Europe/Paris"))
    event, alarm = Event(), Alarm()
    for name, value in {"action": "DISPLAY", "description": "Clôture, enfin", "trigger": timedelta(days=-1)}.items():
        alarm.add(name, value)
    said = {
        "uid": "x@y", "dtstamp": MOMENT, "dtstart": closes.astimezone(UTC), "summary": "Clôture, enfin",
        "description": "À 17:00", "url": "https://y/x", "transp": "TRANSPARENT",
    }  # fmt: skip
    for name, value in said.items():
        event.add(name, value)
    event.add_component(alarm)

    lines = moment_lines(
        uid="x@y", moment=MOMENT, at=closes, title="Clôture, enfin", said="À 17:00", url="https://y/x", days_ahead=1
    )

    assert lines == event.to_ical()


def test_a_calendar_is_written_as_the_library_writes_it():
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Parvis//Parvis//EN")
    calendar.add("x-wr-calname", "Ville d'essai")
    calendar.add_component(Event.from_ical(by_the_library("Forum")))

    assert calendar_lines("Ville d'essai", [written("Forum")]) == calendar.to_ical()


@example("\\" * 300)
@given(st.text(alphabet="aé€𐍈 ,;\\\n", max_size=200))
def test_any_title_is_read_back_and_no_line_is_too_long(title):
    lines = written(title)

    assert str(Event.from_ical(lines)["summary"]) == str(Event.from_ical(by_the_library(title))["summary"])
    assert max(len(line) for line in lines.split(b"\r\n")) <= 75
