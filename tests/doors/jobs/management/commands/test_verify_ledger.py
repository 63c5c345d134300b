"""The ledger added up again by a command."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_a_ledger_that_holds_says_so():
    said = StringIO()

    call_command("verify_ledger", stdout=said)

    assert said.getvalue() == "The ledger holds: 0 entries over 0 accounts.\n"
