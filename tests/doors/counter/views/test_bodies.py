"""The account of a body: what an applicant is asked when it is opened."""

import re

from django.urls import reverse

from tests.support import calls


def test_the_kind_of_a_body_is_chosen_under_the_heading_of_its_family(at_counter, ana):
    page = at_counter(ana).get(reverse("counter:new_body")).content.decode()

    chosen = re.search(r'<select name="kind".*?</select>', page, re.DOTALL)[0]
    headings = re.findall(r'<optgroup label="(.*?)">', chosen)
    assert (headings[0], len(headings)) == ("Associations and civil society", 10)
    assert re.findall(r'value="(\w+)" selected', chosen) == ["association"]
    assert "natural_person" not in chosen


def invited(client, body, email="carla@assoc.example"):
    return client.post(reverse("counter:invite", args=[body.pk]), {"email": email, "role": "writer"})


def test_an_invitation_is_taken_back_by_a_manager_and_its_address_then_joins_nothing(at_counter, ana, bruno, body):
    invited(at_counter(ana), body)
    away = reverse("counter:withdraw_invitation", args=[body.pk, body.invitations.get().pk])

    refused = at_counter(bruno).post(away, follow=True).content.decode()
    still = body.invitations.count()
    at_counter(ana).post(away)
    carla = calls.applicant("carla@assoc.example")
    at_counter(carla).get(reverse("counter:home"))

    assert "You may not do this for this body." in refused
    assert (still, body.invitations.count()) == (1, 0)
    assert not body.members.filter(person=carla).exists()


def test_nobody_is_written_to_without_end_by_invitations(at_counter, ana, body):
    client = at_counter(ana)

    statuses = [invited(client, body).status_code for _turn in range(4)]
    others = [invited(client, body, f"one-{number}@assoc.example").status_code for number in range(18)]

    assert statuses == [302, 302, 302, 422]
    assert others == [302] * 17 + [422]
    assert "Too many invitations were sent. Try again at" in invited(client, body, "x@assoc.example").content.decode()


def test_the_last_manager_who_would_leave_stays_on_the_page_that_says_why(at_counter, ana, bruno, body):
    leave = {
        person: reverse("counter:change_member", args=[body.pk, body.members.get(person=person).pk])
        for person in (ana, bruno)
    }

    stays = at_counter(ana).post(leave[ana], {"leave": "1"})
    leaves = at_counter(bruno).post(leave[bruno], {"leave": "1"})

    assert (stays["Location"], leaves["Location"]) == (
        reverse("counter:body", args=[body.pk]), reverse("counter:home"),
    )  # fmt: skip
    assert [member.person for member in body.members.all()] == [ana]


def test_the_year_a_body_was_founded_is_said_later_once_and_by_a_manager(at_counter, ana, bruno, body):
    body.founded = None
    body.save()
    say = reverse("counter:founded", args=[body.pk])
    page = reverse("counter:body", args=[body.pk])

    years = []
    for person, year in ((bruno, "2004"), (ana, "last year"), (ana, "2004"), (ana, "1904")):
        at_counter(person).post(say, {"founded": year})
        body.refresh_from_db()
        years.append(body.founded)

    assert years == [None, None, 2004, 2004]
    assert say not in at_counter(ana).get(page).content.decode()
