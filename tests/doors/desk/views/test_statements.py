import pytest
from django.urls import reverse

from parvis.foundation.accounts.models import Role
from parvis.register.models import Statement

AT = {"plural": "sources", "key": "city-page"}
SAID = {
    "property": "observation",
    "words_en": "Dense",
    "as_of_basis": "text",
    "source": "city-page",
    "lines": "4-5",
}


def record(desk, **more):
    return desk.post(reverse("desk:record_statement", kwargs=AT), {**SAID, **more})


def decide(desk, what, statement, **more):
    return desk.post(reverse(f"desk:{what}", kwargs={"statement": statement.pk}), {"plural": "sources", **more})


def test_a_statement_is_recorded_with_its_lines(at_desk, source):
    record(at_desk(Role.OFFICER))

    said = Statement.objects.get()
    assert (said.words, said.line_from, said.line_to, said.recorded_by.role) == (
        {"en": "Dense"},
        4,
        5,
        "officer",
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"source": "nowhere"}, "source"), ({"lines": "9-1"}, "lines"), ({"property": "x"}, "property")],
)
def test_why_a_statement_is_refused_stands_beside_its_field(at_desk, source, wrong, field):
    answer = record(at_desk(Role.OFFICER), **wrong)

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert Statement.objects.count() == 0


def test_showing_first_doubting_and_retracting_ask_why(at_desk, statement):
    desk = at_desk(Role.OFFICER)
    for what in ("prefer_statement", "doubt_statement", "retract_statement"):
        decide(desk, what, statement, reason=" ")

    assert Statement.objects.values_list("rank", "retracted_at").get() == ("normal", None)


def test_each_decision_is_kept_with_its_reason(at_desk, statement):
    desk = at_desk(Role.OFFICER)
    decide(desk, "prefer_statement", statement, reason="Latest")
    decide(desk, "retract_statement", statement, reason="Misread")

    said = Statement.objects.get()
    assert (said.rank, said.reason, said.retraction_reason) == ("preferred", {"en": "Latest"}, "Misread")


def test_a_decision_leads_back_to_the_statements_of_its_own_record(at_desk, statement):
    answer = decide(at_desk(Role.OFFICER), "prefer_statement", statement, plural="places", reason="x")

    assert answer["Location"] == "/bureau/fiches/sources/city-page/#statements"
