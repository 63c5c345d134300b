"""A call of each kind, begun in a city that has none, is opened, filled to its last question, and sent."""

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import ApplicationState, FieldType
from parvis.domain.funding.models import Call
from parvis.domain.funding.queries.forms import is_shown
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.vocabulary.call_kinds import call_kinds
from tests.support import calls

AT = calls.WHILE_OPEN
ANSWERS = {
    FieldType.TEXT: "Un quai", FieldType.AREA: "Le quai.", FieldType.COUNT: "12", FieldType.AMOUNT: "250 000",
    FieldType.DAY: "1er juin 2027", FieldType.YES_NO: "yes", FieldType.EMAIL: "contact@assoc.example",
}  # fmt: skip
PLACE = {"name": "Mindelo", "country": "CV", "geoname": "3374462"}
#: What may be asked where a text gives a flat amount; of a project that costs 250 000.
ASKED = {"water": 200_000, "waste": 75_000}


def answers_to(form, asked):
    """Something for every question, the first answer of each list, and a line under each repeated one."""
    said = {}
    for question in form.questions:
        code = f"{question.within}.a1.{question.code}" if question.within else question.code
        if question.type == FieldType.BUDGET:
            lines = {"60": 250_000, "74-city": asked, "75": 250_000 - asked}
            said |= {f"{code}.{line}": str(amount) for line, amount in lines.items()}
        elif question.type == FieldType.PLACES:
            said |= {f"{code}.a1.{column}": value for column, value in PLACE.items()}
        elif question.type in (FieldType.CHOICE, FieldType.SEVERAL):
            first = question.options[0][0]
            said[code] = [one for one, _words in question.options] if question.type == FieldType.SEVERAL else first
        elif question.type in ANSWERS:
            said[code] = ANSWERS[question.type]
    return said


@pytest.mark.parametrize("kind", sorted(call_kinds()))
def test_a_call_of_each_kind_is_opened_filled_to_its_last_question_and_sent(db, kind):
    queries.forget_forms()
    officer, ana = User.objects.create_user("officer@ville.example", role=Role.OFFICER), calls.applicant()
    begun = actions.begin_call(
        follows=None, kind=kind, title={"fr": "Premier"}, opens_at=calls.OPENS, closes_at=calls.CLOSES, by=officer,
        at=calls.OPENS,
    )  # fmt: skip
    call = Call.objects.get(pk=begun.pk)
    form = queries.form_read(actions.open_form(call=call, by=officer, at=calls.OPENS).pk)
    body = calls.body_of(ana)

    asked = ASKED.get(kind, 30_000)
    file, said = calls.begun(call, body, ana), answers_to(form, asked)
    calls.write(file, ana, said)
    for one in form.documents:
        document = actions.store_document(
            body=body, title=one["code"], file_name=f"{one['code']}.pdf", media_type="application/pdf", size=100,
            sha256=one["code"].ljust(64, "0"), scanned=False, by=ana, at=AT,
        )  # fmt: skip
        actions.attach_document(file=file, document=document, code=one["code"], by=ana, at=AT)
    receipt = actions.send_file(application=file.pk, by=ana, at=AT, language="fr")

    file.refresh_from_db()
    waiting = [one.code for one in form.questions if one.shown_if and not is_shown(form, one, said)]
    assert (file.state, waiting, file.asked) == (ApplicationState.SUBMITTED, [], asked)
    assert set(receipt.content["answers"]) >= {path for path in said if "." not in path}
