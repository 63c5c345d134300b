from datetime import UTC, datetime

import pytest

from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal import keeping
from parvis.foundation.journal.models import Line

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def chief(db):
    return User.objects.create_user("chief@ville.example", role=Role.ADMINISTRATOR)


def test_an_account_is_opened_without_a_password_and_told_in_the_journal(chief):
    user = keeping.open_account(email=" New@Ville.Example ", role="officer", by=chief, at=NOON)

    assert (user.email, user.role, user.has_usable_password()) == ("new@ville.example", "officer", False)
    line = Line.objects.get()
    assert (line.verb, line.about, line.digests) == (
        "account opened",
        f"account:{user.pk}",
        {"role": "officer"},
    )


def test_an_address_holds_one_account(chief):
    with pytest.raises(keeping.AddressTaken):
        keeping.open_account(email="CHIEF@ville.example", role="reader", by=chief, at=NOON)


def test_an_unknown_role_is_refused(chief):
    with pytest.raises(keeping.UnknownRole):
        keeping.open_account(email="x@ville.example", role="king", by=chief, at=NOON)
    with pytest.raises(keeping.UnknownRole):
        keeping.change_role(user=chief, role="king", by=chief, at=NOON)


def test_the_last_administrator_stays(chief):
    with pytest.raises(keeping.LastAdministrator):
        keeping.change_role(user=chief, role="reader", by=chief, at=NOON)
    with pytest.raises(keeping.LastAdministrator):
        keeping.close_account(user=chief, by=chief, at=NOON)

    User.objects.create_user("second@ville.example", role=Role.ADMINISTRATOR)
    assert keeping.change_role(user=chief, role="reader", by=chief, at=NOON).role == "reader"


def test_a_closed_account_stays_in_the_journal(chief):
    user = keeping.open_account(email="new@ville.example", role="officer", by=chief, at=NOON)

    keeping.close_account(user=user, by=chief, at=NOON)

    assert User.objects.get(pk=user.pk).is_active is False
    assert list(Line.objects.values_list("verb", flat=True)) == ["account opened", "account closed"]
