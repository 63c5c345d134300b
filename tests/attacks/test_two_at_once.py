"""Several people at the same moment, on a real PostgreSQL: one does it, the others are told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, connection, connections

from parvis.exchange.inbound.entrances import entrances
from parvis.foundation.accounts.actions import one_time_link, spend_link
from parvis.foundation.accounts.models import Role, SpentLink, User
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal import keeping
from parvis.foundation.journal.models import Line
from parvis.foundation.values import Refusal
from parvis.register.actions import enter_record, judge, prefer_statement, record_statement
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.enums import Rank, Verdict
from parvis.register.models import Judgement, Name, Source, Statement, Subject, Text

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, each on a connection of its own. What each came to: a value, a refusal, a fault."""
    ready, came_to = threading.Barrier(len(acts)), [None] * len(acts)

    def one(place: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            ready.wait(20)
            came_to[place] = act()
        except Exception as fault:  # noqa: BLE001  # what it was is what the test asks
            came_to[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=told) for told in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came_to


def outcomes(came_to: list[Any]) -> Counter[str]:
    return Counter(type(one).__name__ if isinstance(one, Exception) else "done" for one in came_to)


@pytest.fixture
def clerk(own_database) -> User:
    return User.objects.create_user("clerk@ville.example", role=Role.ADMINISTRATOR)


def source(key: str, by: User, **more: Any) -> Source:
    content = {
        "key": key,
        "kind": "web_page",
        "title": {"fr": key},
        "publisher": {"fr": "Ville"},
        "date": "2022",
        "language": "fr",
        "speaks": "self_reported",
        **more,
    }
    taken = take_apart(Source, content)
    return enter_record(Source, entry=taken.entry, facts=taken.facts, by=by, at=NOON)


def test_eight_who_amend_one_record_are_one_who_did_and_seven_who_are_told(clerk):
    record = source("page", clerk)
    content = content_of(record)

    def amend(place: int) -> Callable[[], Any]:
        taken = take_apart(Source, content | {"title": {"fr": f"titre {place}"}, "names": [{"text": f"nom {place}"}]})
        return lambda: entrances()["source"][2](
            record=record, entry=taken.entry, facts=taken.facts, seen_revision=1, by=clerk, at=NOON
        )

    came_to = together(*(amend(place) for place in range(8)))

    assert outcomes(came_to) == {"done": 1, "ChangedMeanwhile": 7}
    winner = next(place for place, one in enumerate(came_to) if not isinstance(one, Exception))
    assert Subject.objects.get(key="page").revision == 2
    assert list(Text.objects.filter(field="title").values_list("body", flat=True)) == [f"titre {winner}"]
    assert list(Name.objects.values_list("text", flat=True)) == [f"nom {winner}"]
    assert Line.objects.filter(verb="source amended").count() == 1


def test_eight_who_enter_one_key_are_one_record(clerk):
    came_to = together(*(lambda: source("page", clerk) for _ in range(8)))

    assert outcomes(came_to) == {"done": 1, "KeyTaken": 7}
    assert Subject.objects.filter(key="page", revision=1).count() == 1
    assert Line.objects.filter(verb="source entered").count() == 1


def test_two_statements_preferred_at_once_leave_one_preferred(clerk):
    page = source("page", clerk)
    said = [
        record_statement(
            about=page.subject,
            by=clerk,
            at=NOON,
            content={
                "property": "observation",
                "words": {"en": f"value {place}"},
                "source": "page",
                "lines": str(place + 1),
            },
        )
        for place in range(4)
    ]

    came_to = together(
        *(lambda one=one: prefer_statement(statement=one, reason={"en": "because"}, by=clerk, at=NOON) for one in said)
    )

    assert all(not isinstance(one, Exception) or isinstance(one, Refusal) for one in came_to), came_to
    assert Statement.objects.filter(rank=Rank.PREFERRED).count() == 1
    assert Line.objects.filter(verb="statement preferred").count() == outcomes(came_to)["done"]


def test_a_pair_judged_by_many_at_once_is_judged_once(clerk):
    one, other = source("one", clerk).subject, source("other", clerk).subject
    verdicts = [Verdict.SAME, Verdict.DIFFERENT] * 3

    came_to = together(
        *(
            lambda verdict=verdict, pair=pair: judge(
                one=pair[0], other=pair[1], verdict=verdict, reason="seen", by=clerk, at=NOON
            )
            for verdict, pair in zip(verdicts, [(one, other), (other, one)] * 3, strict=True)
        )
    )

    assert outcomes(came_to) == {"done": 1, "JudgedAlready": 5}
    assert Judgement.objects.count() == 1


def test_two_administrators_who_close_each_other_leave_one(clerk):
    second = User.objects.create_user("second@ville.example", role=Role.ADMINISTRATOR)

    for act in (
        lambda user, by: keeping.close_account(user=user, by=by, at=NOON),
        lambda user, by: keeping.change_role(user=user, role=Role.READER, by=by, at=NOON),
    ):
        User.objects.update(role=Role.ADMINISTRATOR, is_active=True)
        came_to = together(lambda: act(second, clerk), lambda: act(clerk, second))  # noqa: B023  # done before the next

        assert outcomes(came_to) == {"done": 1, "LastAdministrator": 1}
        assert User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).count() == 1


def test_an_account_closed_meanwhile_is_not_the_other_administrator(clerk):
    """Each of three closes another, in a ring."""
    ring = [clerk, *(User.objects.create_user(f"{n}@ville.example", role=Role.ADMINISTRATOR) for n in "ab")]

    came_to = together(
        *(
            lambda who=who, by=by: keeping.close_account(user=who, by=by, at=NOON)
            for who, by in zip(ring, ring[1:] + ring[:1], strict=True)
        )
    )

    assert outcomes(came_to) == {"done": 2, "LastAdministrator": 1}


def test_one_address_opened_twice_at_once_is_one_account(clerk):
    came_to = together(
        *(
            lambda: keeping.open_account(email="New@ville.example", role=Role.READER, by=clerk, at=NOON)
            for _ in range(4)
        )
    )

    assert outcomes(came_to) == {"done": 1, "AddressTaken": 3}


def test_a_link_followed_by_many_at_once_lets_one_in(clerk):
    token = one_time_link(clerk)

    came_to = together(*(lambda: spend_link(token=token, at=NOON) for _ in range(6)))

    assert outcomes(came_to) == {"done": 1, "LinkRefused": 5}
    assert SpentLink.objects.count() == 1


def test_a_journal_sealed_by_many_at_once_is_one_chain(clerk):
    for place in range(40):
        journal.write("tested", about=str(place), by=clerk, at=NOON)

    came_to = together(*(journal.seal for _ in range(4)))

    assert sum(came_to) == Line.objects.count()
    assert list(journal.faults()) == []


def test_two_who_publish_at_once_are_one_release(clerk, settings, tmp_path):
    from parvis.publication.bake import actions

    settings.VAR_DIR, settings.PARVIS_CITY = tmp_path, "paris"
    source("page", clerk)

    came_to = together(*(lambda: actions.publish(removals=0, by=clerk, at=NOON) for _ in range(3)))

    told = outcomes(came_to)
    assert told["done"] == 1, came_to
    assert set(told) <= {"done", "AnotherPublication", "NothingChanged"}
    assert actions.archive().numbers == [1]
    assert Line.objects.filter(verb="release published").count() == 1


def test_a_loader_cut_off_half_way_leaves_nothing(clerk, monkeypatch):
    """What a kill does to it: its connection is gone in the middle of its work."""
    from parvis.doors.jobs.loading.city import CityLoader
    from tests.support.databases import PROJECT

    met = []
    write = journal.write

    def cut_off(verb: str, **told: Any) -> Any:
        met.append(verb)
        if len(met) == 60:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return write(verb, **told)

    monkeypatch.setattr(journal, "write", cut_off)
    with pytest.raises((DatabaseError, InterfaceError)):
        CityLoader(PROJECT / "data" / "riviera", by=clerk, at=NOON).load()
    connection.close()

    assert len(met) == 60
    assert (Subject.objects.count(), Line.objects.count(), Text.objects.count()) == (0, 0, 0)
