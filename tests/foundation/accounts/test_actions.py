from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction

from parvis.foundation.accounts import actions
from parvis.foundation.accounts.models import NoSuperuser, Role, User

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def clerk(db):
    return User.objects.create_user("Clerk@Ville.Example", role=Role.OFFICER)


def test_an_address_is_kept_in_small_letters_and_is_the_name(clerk):
    assert (clerk.email, clerk.username, str(clerk)) == ("clerk@ville.example",) * 3


def test_there_is_no_superuser(db):
    with pytest.raises(NoSuperuser):
        User.objects.create_superuser("root@ville.example")
    with pytest.raises(IntegrityError, match="nobody_is_superuser"), transaction.atomic():
        User.objects.create_user("root@ville.example", is_superuser=True)


def test_a_link_signs_in_once(clerk):
    token = actions.one_time_link(clerk)

    assert actions.spend_link(token=token, at=NOON) == clerk
    with pytest.raises(actions.LinkRefused):
        actions.spend_link(token=token, at=NOON)


def test_a_link_lasts_fifteen_minutes(clerk, monkeypatch):
    token = actions.one_time_link(clerk)
    later = signing.time.time() + timedelta(minutes=15, seconds=1).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)

    with pytest.raises(actions.LinkRefused):
        actions.spend_link(token=token, at=NOON)


FORGED = ["", "x", "a:b:c", signing.dumps({"user": 1}), signing.dumps({}, salt="other")]


@pytest.mark.parametrize("token", FORGED, ids=["nothing", "a letter", "odd", "signed for another use", "no account"])
def test_a_forged_link_opens_nothing(db, token):
    with pytest.raises(actions.LinkRefused):
        actions.spend_link(token=token, at=NOON)


def test_a_link_of_a_closed_account_opens_nothing(clerk):
    token = actions.one_time_link(clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    with pytest.raises(actions.LinkRefused):
        actions.spend_link(token=token, at=NOON)


def test_the_house_has_one_account_nobody_signs_in_with(db):
    house = actions.house_account()

    assert actions.house_account() == house
    assert (house.is_active, house.has_usable_password()) == (False, False)
