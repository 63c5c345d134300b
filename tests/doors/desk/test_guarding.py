"""A person named in a text of money is told as it is saved, to who writes it."""

import pytest
from django.urls import reverse

from parvis.foundation.accounts.models import Role, User

WARNED = "A public text names a person the house knows"


@pytest.mark.parametrize(
    ("title", "visibility", "warned"),
    [
        ("Stay of DUPONT Marie", "public", True),
        ("Stay of DUPONT Marie", "internal", False),
        ("Stay of a researcher", "public", False),
    ],
)
def test_a_name_in_a_public_text_of_money_is_told_as_it_is_saved(at_desk, source, title, visibility, warned):
    User.objects.create_user("m@assoc.example", role=Role.APPLICANT, first_name="Marie", last_name="Dupont")
    desk = at_desk(Role.OFFICER)
    written = {"key": "a-stay", "visibility": visibility, "title.fr": "Un séjour", "title.en": title}
    written |= {"stage": "running", "stage_as_of": "2026", "currency": "EUR", "seen_revision": "1"}

    entered = desk.post(reverse("desk:enter", kwargs={"plural": "projects"}), written, follow=True)
    saved = desk.post(
        reverse("desk:record", kwargs={"plural": "projects", "key": "a-stay"}),
        {**written, "summary.en": "Three months"}, follow=True,
    ).content.decode()  # fmt: skip

    assert "is entered" in entered.content.decode()
    assert "Saved on the server at" in saved
    assert [WARNED in page for page in (entered.content.decode(), saved)] == [warned, warned]
    assert ("“DUPONT Marie”" in saved) is warned


def test_the_name_found_stands_between_the_marks_of_the_reader(at_desk, source):
    User.objects.create_user("m@assoc.example", role=Role.APPLICANT, first_name="Marie", last_name="Dupont")
    written = {"key": "a-stay", "visibility": "public", "title.fr": "Séjour de Marie Dupont", "title.en": "A stay"}
    written |= {"stage": "running", "stage_as_of": "2026", "currency": "EUR", "seen_revision": "1"}

    french = {"accept-language": "fr"}
    page = at_desk(Role.OFFICER).post(
        reverse("desk:enter", kwargs={"plural": "projects"}), written, follow=True, headers=french
    )

    assert "«\xa0Marie Dupont\u202f»" in page.content.decode()


@pytest.mark.parametrize(
    ("title", "seems"),
    [
        ("Stay of Mrs Salazar", "“Mrs Salazar”"),
        ("Stay of Mrs Marie Dupont", ""),
        ("Visit of Mr Ruiz, mayor of Lima", ""),
    ],
)
def test_somebody_behind_a_title_is_guessed_unless_known_or_in_a_public_office(at_desk, source, title, seems):
    User.objects.create_user("m@assoc.example", role=Role.APPLICANT, first_name="Marie", last_name="Dupont")
    written = {"key": "a-stay", "visibility": "public", "title.fr": "Un séjour", "title.en": title}
    written |= {"stage": "running", "stage_as_of": "2026", "currency": "EUR", "seen_revision": "1"}

    page = at_desk(Role.OFFICER).post(reverse("desk:enter", kwargs={"plural": "projects"}), written, follow=True)

    told = [str(message) for message in page.context["messages"] if "seems to name" in str(message)]
    assert len(told) == bool(seems)
    assert all(seems in one for one in told)
