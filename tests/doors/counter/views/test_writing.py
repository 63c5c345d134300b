"""Writing in a file: saved a field at a time, by a script or without one, and nothing lost between two people."""

import html
import re
from datetime import timedelta

import orjson
import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.domain.directory.actions import Town, load_gazetteer
from parvis.domain.funding import actions, queries
from parvis.domain.funding.queries.forms import lines_in
from parvis.register.fields import MomentField
from tests.support import calls


def save(client, file, saves, window="tab-a"):
    said = {"window": window, "saves": [{"field": path, "value": value, "base": base} for path, value, base in saves]}
    return client.post(reverse("counter:save", args=[file.pk]), orjson.dumps(said), content_type="application/json")


def test_a_field_is_saved_and_the_hour_of_the_server_is_told(at_counter, ana, file):
    answer = save(at_counter(ana), file, [("title", "Un quai", 0)])

    said = answer.json()
    assert answer.status_code == 200
    assert said["revisions"] == {"title": 1}
    assert len(said["at"]) == len("14:03:12")
    assert queries.answers_of(file) == {"title": "Un quai"}


def test_what_cannot_be_read_is_kept_as_typed_and_told_in_the_reader_s_language(at_counter, ana, file):
    answer = save(at_counter(ana, "pt"), file, [("budget.60", "12,500", 0), ("contact", "nobody", 0)])

    said = answer.json()
    assert queries.answers_of(file) == {"budget.60": "12,500", "contact": "nobody"}
    assert said["notes"]["budget.60"].startswith("Pode ler-se como 12 500")
    assert said["notes"]["contact"] != ""


def test_a_target_nobody_knows_is_kept_as_it_was_sent_and_told(at_counter, ana, file):
    notes = [save(at_counter(ana), file, [("sdg", said, 0)]).json()["notes"]["sdg"] for said in (["999.9"], ["6.1"])]

    assert notes == ["“999.9” is not in the list.", ""]


def test_two_people_in_one_field_keep_both_texts_until_one_chooses(at_counter, ana, bruno, file):
    save(at_counter(ana), file, [("summary", "Ana's words", 0)], "tab-a")

    met = save(at_counter(bruno), file, [("summary", "Bruno's words", 0), ("need", "Seen by Bruno", 0)], "tab-b").json()

    assert met["revisions"] == {"need": 1}
    assert met["others"]["summary"]["held"] == "Ana's words"
    assert met["others"]["summary"]["who"] == "Ana Lima"
    assert [other.value for other in queries.other_texts(file)] == ["Bruno's words"]

    choice = {"choice": f"{met['others']['summary']['id']}:other", "field": "summary", "window": "tab-b"}
    chosen = at_counter(bruno).post(reverse("counter:choose", args=[file.pk]), choice).json()

    assert chosen == {"value": "Bruno's words", "revision": 2}
    assert queries.other_texts(file) == []


def test_a_save_whose_answer_was_lost_can_be_sent_again(at_counter, ana, file):
    client = at_counter(ana)
    save(client, file, [("title", "Un quai", 0)])

    again = save(client, file, [("title", "Un quai", 0)]).json()
    onwards = save(client, file, [("title", "Un quai neuf", 0)]).json()

    assert again["revisions"] == {"title": 1}
    assert onwards["revisions"] == {"title": 2}
    assert onwards["others"] == {}


def test_without_a_script_a_page_is_saved_and_comes_back_with_what_is_wrong(at_counter, ana, file):
    page = reverse("counter:page", args=[file.pk, "project"])

    answer = at_counter(ana).post(page, {"r:title": "0", "title": "Un quai", "r:people": "0", "people": "many"})

    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Saved on the server at" in body
    assert "This is not a whole number" in body
    assert queries.answers_of(file) == {"title": "Un quai", "people": "many"}


def test_a_session_that_ended_is_told_in_json_and_nothing_is_written(at_counter, file):
    answer = save(at_counter(), file, [("title", "x", 0)])

    assert answer.status_code == 401
    assert answer.json()["session"] == "ended"


def test_a_file_that_was_sent_takes_no_more_words(at_counter, ana, call, body):
    file = calls.sent(call, body, ana, calls.timezone_now())

    answer = save(at_counter(ana), file, [("title", "Too late", 1)])

    assert answer.status_code == 409
    assert "kept in this browser" in answer.json()["closed"]
    assert queries.answers_of(file)["title"] == calls.WHOLE["title"]


def test_odd_saves_are_refused_in_a_sentence(at_counter, ana, file):
    address = reverse("counter:save", args=[file.pk])
    client = at_counter(ana)
    for odd in (
        b"{",
        b"[]",
        b'{"saves": 3}',
        b'{"window": "w", "saves": [{"field": 1}]}',
        b'{"window": "", "saves": []}',
    ):
        assert client.post(address, odd, content_type="application/json").status_code == 400
    for path in ("nothing", "budget.99", "partners.a.b.c", "places.a.size", "title.x", "../title"):
        assert save(client, file, [(path, "x", 0)]).status_code == 403
    assert queries.answers_of(file) == {}


def reworded(call, officer):
    """Another version of the call's form: a question reworded, one taken out, one now required."""
    content = calls.content_now(call)
    fields = [row for row in content["fields"] if not row["code"].startswith("regrant")]
    fields[0] |= {"words": {"fr": "Nom du projet", "en": "Name of the project"}}
    calls.amend(call, content | {"fields": fields}, officer)
    return actions.open_form(call=call, by=officer, at=calls.WHILE_OPEN)


def test_a_call_reworded_in_another_language_alone_is_told_as_it_is(at_counter, ana, file, call, officer):
    content = calls.content_now(call)
    fields = content["fields"]
    fields[0] |= {"words": fields[0]["words"] | {"fr": "Nom du projet"}}
    calls.amend(call, content | {"fields": fields}, officer)
    actions.open_form(call=call, by=officer, at=calls.WHILE_OPEN)
    address = reverse("counter:changes", args=[file.pk])

    english, french = (at_counter(ana, language).get(address).content.decode() for language in ("en", "fr"))

    assert "Nothing that you read here changed: its workflow did, or its words in another language." in english
    assert "Nom du projet" in french


def test_a_call_that_changed_is_told_in_the_form_that_is_open_once(at_counter, ana, file, call, officer):
    client = at_counter(ana)
    before = save(client, file, [("title", "Un quai", 0)]).json()
    reworded(call, officer)

    told = save(client, file, [("summary", "Refaire le quai", 0)]).json()
    again = client.post(
        reverse("counter:save", args=[file.pk]),
        orjson.dumps({"window": "tab-a", "version": 2, "saves": [{"field": "need", "value": "x", "base": 0}]}),
        content_type="application/json",
    ).json()

    assert "later" not in before
    assert told["revisions"] == {"summary": 1}
    assert told["later"]["version"] == 2
    assert told["later"]["said"].endswith("Your file keeps the form it was begun with; nothing of it changes.")
    assert told["later"]["changes"] == [
        "“Title of the project” now reads “Name of the project”.",
        "Question taken out: “Will part of the grant go to another body?”.",
        "Question taken out: “To whom, and how much?”.",
    ]
    assert "later" not in again


def test_a_call_that_changed_is_told_where_there_is_no_script(at_counter, ana, file, call, officer):
    reworded(call, officer)

    page = at_counter(ana, "es").post(
        reverse("counter:page", args=[file.pk, "project"]), {"r:title": "0", "title": "Q"}
    )
    whole = at_counter(ana).get(reverse("counter:changes", args=[file.pk])).content.decode()

    assert "La convocatoria cambió" in page.content.decode()
    assert reverse("counter:changes", args=[file.pk]) in page.content.decode()
    assert "“Title of the project” now reads “Name of the project”." in whole


def test_a_page_that_looks_again_is_told_of_a_later_call(at_counter, ana, file, call, officer):
    reworded(call, officer)

    said = at_counter(ana).get(reverse("counter:now", args=[file.pk])).json()
    known = at_counter(ana).get(reverse("counter:now", args=[file.pk]) + "?version=2").json()

    assert said["later"]["version"] == 2
    assert "later" not in known


@pytest.mark.parametrize("since", ["999999999999999", "9" * 400, "-1", "soon", ""])
def test_a_page_that_says_no_moment_is_told_all_that_stands(at_counter, ana, file, since):
    client = at_counter(ana)
    save(client, file, [("title", "Un quai", 0)])

    answer = client.get(reverse("counter:now", args=[file.pk]), {"since": since})

    assert (answer.status_code, answer.json()["fields"]["title"]["value"]) == (200, "Un quai")


def test_a_question_that_an_answer_opens_waits_hidden_on_its_page(at_counter, ana, file):
    client, page = at_counter(ana), reverse("counter:page", args=[file.pk, "duties"])
    waiting = '<div data-parvis-when="regrant" data-parvis-is="yes" hidden>'

    before = client.get(page).content.decode()
    save(client, file, [("regrant", "yes", 0)])
    after = client.get(page).content.decode()

    assert (waiting in before, waiting in after) == (True, False)
    assert 'name="regrant-to"' in after


TOO_LONG = "é" * 200_001


def test_a_text_beyond_all_measure_is_refused_alone_by_the_name_of_its_field(at_counter, ana, file):
    answer = save(at_counter(ana), file, [("summary", TOO_LONG, 0), ("title", "Un quai", 0)])

    said = answer.json()
    assert answer.status_code == 200
    assert said["revisions"] == {"title": 1}
    assert list(said["refusals"]) == ["summary"]
    assert said["refusals"]["summary"].startswith("“Summary” is too long: 198,001 characters too many, 2,000 at most.")
    assert queries.answers_of(file) == {"title": "Un quai"}


def test_without_a_script_words_that_are_too_long_come_back_in_their_field_and_the_others_are_saved(
    at_counter, ana, file
):
    page = reverse("counter:page", args=[file.pk, "project"])
    typed = {"r:summary": "0", "summary": TOO_LONG, "r:title": "0", "title": "Un quai", "r:people": "0", "people": "40"}

    answer = at_counter(ana).post(page, typed | {"-onwards": reverse("counter:check", args=[file.pk])})

    body = answer.content.decode()
    assert answer.status_code == 422
    assert TOO_LONG in body
    assert (
        body.count("“Summary” is too long: 198,001 characters too many") == 3
    )  # the status, the head of the page, the field
    assert queries.answers_of(file) == {"title": "Un quai", "people": "40"}


def test_without_a_script_words_of_a_save_that_was_refused_whole_come_back_in_their_fields(at_counter, ana, file):
    page = reverse("counter:page", args=[file.pk, "project"])

    answer = at_counter(ana).post(page, {"r:title": "0", "title": "My words", "r:nothing": "0", "nothing": "x"})

    assert answer.status_code == 409
    assert 'value="My words"' in answer.content.decode()
    assert queries.answers_of(file) == {}


def test_a_page_tells_how_many_signs_each_text_may_have(at_counter, ana, file):
    body = at_counter(ana).get(reverse("counter:page", args=[file.pk, "project"])).content.decode()

    assert " data-parvis-limit" in body
    assert "maxlength" not in body
    assert '<span class="note count" data-parvis-count="2000">0 of 2,000 characters</span>' in body


def test_a_message_that_is_too_long_is_refused_whole_and_stays_in_the_page(at_counter, ana, call, body):
    words, file = "a" * 8001, calls.sent(call, body, ana, timezone.now())

    answer = at_counter(ana).post(reverse("counter:message", args=[file.pk]), {"words": words})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Too long: 1 too many, 8,000 characters at most, there are 8,001. Nothing was cut." in shown
    assert words in shown
    assert file.messages.count() == 0


def test_a_message_on_a_draft_is_sent_nowhere_and_its_words_stay_in_the_page(at_counter, ana, file):
    answer = at_counter(ana).post(reverse("counter:message", args=[file.pk]), {"words": "Is this right?"})

    assert answer.status_code == 422
    assert '<p class="as-written">Is this right?</p>' in answer.content.decode()
    assert "Ask your question on the call." in answer.content.decode()
    assert file.messages.count() == 0


def test_a_day_that_cannot_be_read_leaves_what_was_typed_beside_it(at_counter, ana, body):
    typed = {"title": "Statutes", "valid_until": "31/31/2027"}

    answer = at_counter(ana).post(reverse("counter:upload", args=[body.pk]), typed)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no such day." in said
    assert 'value="Statutes"' in said
    assert 'value="31/31/2027"' in said


def test_an_address_that_is_none_stays_in_the_form_that_invites(at_counter, ana, body):
    answer = at_counter(ana).post(reverse("counter:invite", args=[body.pk]), {"email": "bruno at assoc"})

    assert answer.status_code == 422
    assert 'value="bruno at assoc"' in answer.content.decode()


def moved(call, officer, when):
    content = calls.content_now(call)
    return calls.amend(call, {**content, "closes_at": MomentField.written(when)}, officer, at=timezone.now())


def test_a_closing_moment_that_is_moved_is_told_at_the_next_save_and_on_every_page(
    at_counter, ana, call, officer, file
):
    shown = int(call.closes_at.timestamp() * 1000)
    said = {"window": "tab-a", "saves": [{"field": "title", "value": "Un quai", "base": 0}], "closes": shown}
    seat, address = at_counter(ana), reverse("counter:save", args=[file.pk])
    before = seat.post(address, orjson.dumps(said), content_type="application/json").json()
    later = (call.closes_at + timedelta(days=3)).replace(second=0, microsecond=0)
    moved(call, officer, later)

    told = seat.post(address, orjson.dumps(said), content_type="application/json").json()
    page = seat.get(reverse("counter:page", args=[file.pk, "project"])).content.decode()
    known = seat.post(
        address, orjson.dumps(said | {"closes": told["closing"]["at"]}), content_type="application/json"
    ).json()

    assert "closing" not in before
    assert told["closing"]["at"] == int(later.timestamp() * 1000)
    assert told["closing"]["said"].startswith("The closing moment was moved: the call closes ")
    assert abs(told["moment"] / 1000 - timezone.now().timestamp()) < 60
    assert html.escape(told["closing"]["said"], quote=False) in page
    assert f'data-parvis-closes="{told["closing"]["at"]}"' in page
    assert "closing" not in known


def posted_as_shown(page, **changed):
    """What a browser without a script posts of a page: every field as it was shown, but those one changed."""
    shown = dict(re.findall(r'<input name="([\w.-]+)" id="[^"]*" value="([^"]*)"', page))
    shown |= dict(re.findall(r'<textarea name="([\w.-]+)"[^>]*>\n([^<]*)</textarea>', page))
    hidden = dict(re.findall(r'<input type="hidden" name="([rsv]:[\w.-]+)" value="([^"]*)"', page))
    return {name: html.unescape(value) for name, value in (shown | hidden).items()} | changed


def test_a_page_posted_whole_meets_nobody_in_the_fields_its_writer_left_as_they_were(at_counter, ana, bruno, file):
    page, client = reverse("counter:page", args=[file.pk, "project"]), at_counter(ana)
    calls.write(file, ana, {"summary": "First\nwords"})
    seen = client.get(page).content.decode()
    calls.write(file, bruno, {"summary": "Bruno's words"}, window="tab-b")

    client.post(page, posted_as_shown(seen, title="Un quai"))

    assert queries.answers_of(file) == {"summary": "Bruno's words", "title": "Un quai"}
    assert queries.other_texts(file) == []


def test_two_texts_in_a_place_a_target_or_an_amount_are_shown_in_words_and_one_is_chosen(at_counter, ana, bruno, file):
    client = at_counter(ana)
    meet = {
        "where": ("places.a1.country", "CV", "SN", ["Cape Verde", "Senegal"]),
        "project": ("sdg", ["6.1"], ["6.2"], ["6.1", "6.2"]),
        "money": ("budget.60", "12", "13", ["12", "13"]),
    }
    for section, (path, first, second, shown) in meet.items():
        page = reverse("counter:page", args=[file.pk, section])
        save(client, file, [(path, first, 0)], "tab-a")
        save(at_counter(bruno), file, [(path, second, 0)], "tab-b")

        body = client.get(page).content.decode()
        client.post(page, {"-choose": re.search(r'name="-choose" value="(\d+:other)"', body).group(1)})

        texts = re.findall(r"<blockquote>([^<]*)</blockquote>|:(?:held|other)\">(\d+)</button>", body)
        assert [one or other for one, other in texts] == shown

    assert queries.other_texts(file) == []
    assert queries.answers_of(file) == {path: second for path, _first, second, _shown in meet.values()}


def test_words_written_in_a_line_that_a_colleague_took_out_are_told_and_the_line_is_put_back(
    at_counter, ana, bruno, file
):
    page, client = reverse("counter:page", args=[file.pk, "where"]), at_counter(ana)
    calls.write(file, ana, {"places.a1.name": "Mindelo", "places.a1.country": "CV"})
    save(at_counter(bruno), file, [("places.a1.-gone", "yes", 0)], "tab-b")

    told = save(client, file, [("places.a1.name", "Mindelo, the port", 1)], "one").json()
    shown = client.get(page).content.decode()
    client.post(page, {"-back": "places.a1.-gone"})

    assert [(path, row["who"], row["mine"]) for path, row in told["gone"].items()] == [
        ("places.a1.-gone", "Bruno Roy", False)
    ]
    assert "1 line was taken out" in shown
    assert "Mindelo, the port, Cape Verde" in html.unescape(shown)
    assert lines_in(queries.answers_of(file), "places") == ["a1"]
    assert "taken out" not in client.get(page).content.decode()


def test_a_button_pressed_twice_begins_one_file_and_one_that_is_written_in_is_left_alone(at_counter, ana, body, call):
    client, begin = at_counter(ana), reverse("counter:begin", args=[call.key])

    twice = [client.post(begin, {"body": body.pk})["Location"] for _turn in range(2)]
    calls.write(call.applications.get(), ana, {"title": "Un quai"})
    another = client.post(begin, {"body": body.pk})["Location"]

    assert twice[0] == twice[1] != another
    assert call.applications.count() == 2


def test_a_place_chosen_puts_right_a_name_that_is_one_slip_away_and_leaves_one_it_bears(at_counter, ana, file, officer):
    towns = [
        Town(2460596, "Bamako", ("Bamakou-la-Verte",), "ML", "01", 12.65, -8.0, 1_297_281, "Africa/Bamako"),
        Town(2643743, "London", ("Londres",), "GB", "ENG", 51.5, -0.12, 8_961_989, "Europe/London"),
    ]
    load_gazetteer(towns=towns, fingerprint="small", by=officer, at=calls.OPENS)
    client, looked = at_counter(ana), reverse("counter:places", args=[file.pk])
    page = reverse("counter:page", args=[file.pk, "where"])
    calls.write(file, ana, {"places.a1.name": "Bamak", "places.a2.name": "Londres"})
    shown = posted_as_shown(client.get(page).content.decode())

    called = [client.get(looked, {"name": name}).json()["places"][0]["called"] for name in ("Bamak", "Londres")]
    client.post(page, shown | {"places.a1.geoname": "2460596", "places.a2.geoname": "2643743"})

    names = {path: said for path, said in queries.answers_of(file).items() if path.startswith("places.")}
    assert called == ["Bamako", "Londres"]
    assert names == {
        "places.a1.name": "Bamako", "places.a1.geoname": "2460596",
        "places.a2.name": "Londres", "places.a2.geoname": "2643743",
    }  # fmt: skip


def test_an_empty_budget_says_that_nothing_is_entered_and_not_that_it_balances(at_counter, ana, file):
    client, page = at_counter(ana), reverse("counter:page", args=[file.pk, "money"])

    said = []
    for answers in ({}, {"budget.60": "10", "budget.75": "10"}):
        calls.write(file, ana, answers)
        said += re.findall(r"data-parvis-gap [^>]*>([^<]*)<", client.get(page).content.decode())

    assert said == ["Nothing is entered yet.", "The budget balances."]
