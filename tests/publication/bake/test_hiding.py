"""A name corrected in the register is taken out of every earlier release, whose files say nothing of it afterwards."""

import json

import pytest

from parvis.domain.directory.actions import let_names_stand
from parvis.domain.directory.errors import ReasonNamesThem
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal.models import Line
from parvis.foundation.values import Refusal
from parvis.publication import reader
from parvis.publication.bake import actions, purging
from parvis.publication.releases.errors import KeyNamesSomebody, NothingToHide, WhyHidden
from parvis.register.models import Subject, Text
from tests.publication.bake.test_actions import every_byte_of
from tests.publication.canaries import MOMENT
from tests.support.released import readable

NAME = "Zéphyrine Ostramelle"
SAID = f"Stay of OSTRAMELLE Zephyrine, with Mme Ostramelle, Madame Ostramelle and {NAME} again"


def known(**more):
    return User.objects.create_user(
        "z@assoc.example", role=Role.APPLICANT, first_name="Zéphyrine", last_name="Ostramelle", **more
    )


def published(publisher):
    return actions.publish(removals=0, by=publisher, at=MOMENT)


@pytest.fixture
def corrected(register, house, publisher):
    """Two releases whose texts named somebody, a third that does not, and somebody known since."""
    english = Text.objects.filter(subject__key="pact-lima", field="title", language="en")
    for said in (SAID, f"{NAME}: a stay", "Pact"):
        english.update(body=said)
        published(publisher)
    known()
    reader.serve_from(house)


def hidden(publisher, *, keys=("pact-lima",), reason="A person was named", also=""):
    """The releases that were to be made again, and those that were."""
    waiting = actions.hide_names(keys=keys, reason=reason, also=also, by=publisher, at=MOMENT)
    return waiting, actions.finish_purge()


def titles():
    return [reader.numbered(number).record("pact-lima")["title"]["en"] for number in (1, 2, 3)]


def test_a_name_corrected_later_is_taken_out_of_every_earlier_release_and_nothing_tells_it(
    corrected, publisher, house, caplog
):
    before = every_byte_of(house).lower().count(b"ostramelle")
    waiting, numbers = hidden(publisher)

    told = [json.loads((house / "releases" / str(n) / "release.json").read_text()) for n in (1, 2, 3)]
    lines = json.dumps([[line.verb, line.about, line.digests] for line in Line.objects.all()])
    assert before > 10
    assert waiting == numbers == [1, 2]
    assert titles() == ["Stay of […], with […], […] and […] again", "[…]: a stay", "Pact"]
    assert every_byte_of(house).lower().count(b"ostramelle") == 0
    assert "ostramelle" not in (house / "withdrawals.jsonl").read_text().lower() + caplog.text.lower() + lines.lower()
    assert "names hidden in releases" in lines
    assert [len(one.get("texts_hidden", ())) for one in told] == [1, 1, 0]
    assert [reader.numbered(n).search("ostramelle", lang="en").total for n in (1, 2, 3)] == [0, 0, 0]
    assert not reader.current().hides_something


def test_going_back_to_a_release_whose_names_were_hidden_is_refused_no_more(corrected, publisher):
    hidden(publisher)

    assert actions.named_in(1) == ()
    actions.roll_back(to=1, by=publisher, at=MOMENT)
    assert reader.current().number == 1


def test_until_a_release_was_made_again_it_hides_the_record_and_a_purge_cut_short_is_finished(corrected, publisher):
    waiting = actions.hide_names(keys=["pact-lima"], reason="A person was named", by=publisher, at=MOMENT)
    between = [reader.numbered(number) for number in (1, 2, 3)]
    seen = [(one.record("pact-lima") is None, one.hides_something) for one in between]

    left = actions.releases_to_make_again()
    finished = actions.finish_purge()

    assert waiting == left == [1, 2]
    assert actions.releases_to_make_again() == []
    assert seen == [(True, True), (True, True), (False, False)]
    assert finished == [1, 2]
    assert actions.finish_purge() == []
    assert titles() == ["Stay of […], with […], […] and […] again", "[…]: a stay", "Pact"]


def test_a_release_that_tells_of_the_name_in_what_changed_alone_is_held_back_and_made_again(register, house, publisher):
    Text.objects.filter(subject__key="pact-lima", field="title", language="en").update(body=SAID)
    published(publisher)
    Subject.objects.filter(key="pact-lima").update(visibility="internal")
    actions.publish(removals=1, by=publisher, at=MOMENT)
    known()
    reader.serve_from(house)
    packed = house / "releases" / "2" / "parvis-paris-2.zip"
    before = b"Ostramelle" in readable(packed)

    waiting = actions.hide_names(keys=["pact-lima"], reason="A person was named", by=publisher, at=MOMENT)
    between = reader.numbered(2).hides_something
    actions.finish_purge()

    assert (before, waiting, between) == (True, [1, 2], True)
    assert b"ostramelle" not in readable(packed).lower()
    assert not reader.numbered(2).hides_something


def test_a_record_withdrawn_is_taken_out_of_what_changed_with_a_release_that_has_it_no_more(register, house, publisher):
    Text.objects.filter(subject__key="pact-lima", field="title", language="en").update(body=SAID)
    published(publisher)
    Subject.objects.filter(key="pact-lima").update(visibility="internal")
    actions.publish(removals=1, by=publisher, at=MOMENT)
    reader.serve_from(house)
    before = b"OSTRAMELLE" in every_byte_of(house)

    actions.withdraw_record(key="pact-lima", reason="asked", by=publisher, at=MOMENT)
    actions.finish_purge()

    assert before
    assert b"ostramelle" not in every_byte_of(house).lower()


def test_a_name_written_with_digits_or_cut_is_covered_and_the_rest_of_its_text_is_as_it_was(register, house, publisher):
    english = Text.objects.filter(subject__key="pact-lima", field="title", language="en")
    english.update(body="The 8eme stay of Zéphyr1ne 0stramelle, and of Zéphyrine Ostra-\nmelle, by Culture4all")
    published(publisher)
    known()
    reader.serve_from(house)

    hidden(publisher)

    title = reader.numbered(1).record("pact-lima")["title"]["en"]
    assert title == "The 8eme stay of […], and of […], by Culture4all"


def test_a_name_hidden_stays_so_when_a_record_is_withdrawn_later(corrected, publisher, house):
    hidden(publisher)

    actions.withdraw_record(key="lima", reason="asked", by=publisher, at=MOMENT)
    actions.finish_purge()

    told = json.loads((house / "releases" / "1" / "release.json").read_text())
    assert len(told["texts_hidden"]) == 1
    assert titles() == ["Stay of […], with […], […] and […] again", "[…]: a stay", "Pact"]


def test_somebody_the_house_does_not_know_is_hidden_as_an_officer_types_the_name(register, house, publisher):
    english = Text.objects.filter(subject__key="pact-lima", field="title", language="en")
    for said in ("Bourse de M. Quazmodel", "Pact", "Pact again"):
        english.update(body=said)
        published(publisher)
    reader.serve_from(house)

    found = actions.named_in(1, also="M. quazmodel")
    hidden(publisher, also="M. quazmodel")

    assert [(one.key, one.words) for one in found] == [("pact-lima", "M. Quazmodel")]
    assert titles() == ["Bourse de […]", "Pact", "Pact again"]
    assert b"quazmodel" not in every_byte_of(house).lower()


def test_names_are_hidden_while_a_release_is_being_made_by_somebody_else(corrected, publisher):
    with actions.archive().alone():
        waiting = actions.hide_names(keys=["pact-lima"], reason="A person was named", by=publisher, at=MOMENT)
        seen = [reader.numbered(number).record("pact-lima") is None for number in (1, 2, 3)]

    assert (waiting, seen) == ([1, 2], [True, True, False])
    assert actions.finish_purge() == [1, 2]
    assert titles() == ["Stay of […], with […], […] and […] again", "[…]: a stay", "Pact"]


def test_a_name_hidden_in_a_text_that_is_being_covered_for_another_is_covered_with_it(
    register, house, publisher, monkeypatch
):
    english = Text.objects.filter(subject__key="pact-lima", field="title", language="en")
    english.update(body="Bourses de M. Quazmodel et de M. Vornagast")
    published(publisher)
    reader.serve_from(house)
    told = {"keys": ["pact-lima"], "reason": "A person was named", "by": publisher, "at": MOMENT}
    actions.hide_names(also="M. Quazmodel", **told)
    bake, baked = purging.bake, []

    def meanwhile(*args, **more):
        if not baked:
            actions.hide_names(also="M. Vornagast", **told)
        baked.append(1)
        return bake(*args, **more)

    monkeypatch.setattr(purging, "bake", meanwhile)
    made = actions.finish_purge()

    assert (made, len(baked), actions.releases_to_make_again()) == ([1], 2, [])
    assert reader.numbered(1).record("pact-lima")["title"]["en"] == "Bourses de […] et de […]"
    assert [word for word in (b"quazmodel", b"vornagast") if word in every_byte_of(house).lower()] == []


def test_a_name_let_stand_is_not_hidden_but_where_it_is_typed(corrected, publisher):
    (one,) = [one for one in actions.named_in(2) if one.key == "pact-lima"]
    let_names_stand(names=[one.to_let_stand], reason="Title of a book", by=publisher, at=MOMENT)
    hidden(publisher)
    let = titles()[1]

    hidden(publisher, also=NAME)

    assert let == f"{NAME}: a stay"
    assert titles()[1] == "[…]: a stay"


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"reason": " "}, WhyHidden),
        ({"reason": "It named zephyrine ostramelle"}, ReasonNamesThem),
        ({"keys": ("lima",)}, NothingToHide),
        ({"keys": ()}, NothingToHide),
    ],
)
def test_what_is_refused_changes_no_release(corrected, publisher, house, asked, refusal):
    before = every_byte_of(house)

    with pytest.raises(refusal):
        hidden(publisher, **asked)

    assert every_byte_of(house) == before
    assert not (house / "withdrawals.jsonl").exists()


def test_a_key_that_names_somebody_is_withdrawn_as_a_whole(register, house, publisher, enter):
    enter("event", "stay-of-zephyrine-ostramelle", kind="forum", starts="2015-05-09", place="lima", state="held")
    published(publisher)
    known()

    with pytest.raises(KeyNamesSomebody):
        hidden(publisher, keys=("stay-of-zephyrine-ostramelle",))


def test_only_a_publisher_hides_names(corrected, publisher, db):
    officer = User.objects.create_user("o@ville.example", role=Role.OFFICER)

    with pytest.raises(Refusal):
        actions.hide_names(keys=("pact-lima",), reason="Named", by=officer, at=MOMENT)
