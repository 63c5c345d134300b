"""Persons the house knows and does not name in public, by every way their names may be written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from parvis.domain.directory.enums import Known
from parvis.domain.directory.models import Contact, StandingName
from parvis.foundation.accounts.models import HOUSE, User
from parvis.foundation.values.naming import Name as Words
from parvis.foundation.values.naming import name_of, spellings
from parvis.register.enums import Visibility
from parvis.register.models import Name, Subject, Text

#: Given names, family name, and how the house knows who bears them. A name kept as one text is the first alone.
Called = tuple[str, str, Known]
Rows = QuerySet[Any, Any]
Stamp = tuple[tuple[Any, ...], ...]


def account_names() -> Iterator[Called]:
    """Names of those who have an account, at the office or at the counter."""
    for given, family in _accounts():
        yield given, family, Known.BY_NAME


def _accounts() -> Rows:
    people = User.objects.exclude(email=HOUSE).exclude(first_name="", last_name="")
    return people.values_list("first_name", "last_name")


def contact_names() -> Iterator[Called]:
    """Names of contacts, which are told in confidence."""
    for (name,) in _contacts():
        yield name, "", Known.BY_NAME


def _contacts() -> Rows:
    return Contact.objects.values_list("person_name")


def unpublished_names() -> Iterator[Called]:
    """Names of persons whose record is not public; one that is restricted shelters them."""
    texts, names = _unpublished()
    for name, visibility in texts.union(names):
        shut = visibility == Visibility.RESTRICTED
        yield name, "", Known.SHELTERED if shut else Known.BY_NAME


def _unpublished() -> tuple[Rows, Rows]:
    kept = {"subject__noun": "person"}
    texts = Text.objects.filter(field="title", **kept).exclude(subject__visibility=Visibility.PUBLIC).order_by()
    names = Name.objects.filter(**kept).exclude(subject__visibility=Visibility.PUBLIC).order_by()
    return texts.values_list("body", "subject__visibility"), names.values_list("text", "subject__visibility")


def rows_of_names() -> tuple[Rows, ...]:
    """The rows the names of accounts, of contacts and of persons not public are read from."""
    return (_accounts(), _contacts(), *_unpublished())


def stamp_of(rows: Sequence[Rows]) -> Stamp:
    """What changes whenever any of these rows does, asked in one question: names are read anew only then."""
    asked = [each.query.sql_with_params() for each in rows]
    each_one = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM ({}) AS t"
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(each_one.format(sql) for sql, _params in asked),
            [param for _sql, params in asked for param in params],
        )
        return tuple(cursor.fetchall())


def names_called() -> Iterator[tuple[str, bool]]:
    """What is rightly called so in public, and whether it is a person: an account may bear the name of a service."""
    rows = Subject.objects.filter(visibility=Visibility.PUBLIC).filter(
        Q(noun__in=("person", "place", "network", "office")) | Q(noun="body", kind__startswith="city")
    )
    texts = Text.objects.filter(field="title", subject__in=rows).order_by().values_list("body", "subject__noun")
    names = Name.objects.filter(subject__in=rows).order_by().values_list("text", "subject__noun")
    return ((said, noun == "person") for said, noun in texts.union(names))


def names_of_public_persons() -> frozenset[Words]:
    """Names of persons who are in the register to be named: holders of an office, honoured persons."""
    public = {"subject__noun": "person", "subject__visibility": Visibility.PUBLIC}
    texts = Text.objects.filter(field="title", **public).order_by().values_list("body")
    names = Name.objects.filter(**public).order_by().values_list("text")
    return frozenset(name_of(way) for (name,) in texts.union(names) for way in spellings(name))


def names_that_stand(most: int = 50) -> tuple[StandingName, ...]:
    """The names last let stand, the latest first."""
    return tuple(StandingName.objects.select_related("let_by")[:most])


def names_let_stand(digests: Collection[str]) -> frozenset[str]:
    """Which of these names in texts a publisher let stand."""
    return frozenset(StandingName.objects.filter(digest__in=digests).values_list("digest", flat=True))
