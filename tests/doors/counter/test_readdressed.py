"""Somebody signs in by another address from now on: the files of their bodies are looked at for ties at once."""

from django.utils import timezone

from parvis.domain.funding.enums import InterestGround
from parvis.domain.funding.models import Interest
from parvis.foundation.accounts.models import Role, User
from tests.support import calls


def test_an_address_of_another_domain_closes_the_files_of_its_bodies_as_it_is_taken(call, at_counter):
    ana = calls.applicant("ana@gmail.com")
    file = calls.sent(call, calls.body_of(ana), ana, timezone.now())
    leo = User.objects.create_user("leo@assoc.example", role=Role.OFFICER)
    page = at_counter(ana)

    page.post("/compte/email/", {"action_add": "", "email": "ana@assoc.example"})
    page.post("/compte/email/", {"action_primary": "", "email": "ana@assoc.example"})

    ana.refresh_from_db()
    assert ana.email == "ana@assoc.example"
    assert [(one.application, one.person, one.ground) for one in Interest.objects.all()] == [
        (file, leo, InterestGround.EMAIL_DOMAIN)
    ]
