"""The ways a file may go, drawn: every state a box, every step a line, what was tried shown."""

import re

from parvis.observatory.charts.ways import State, Way, ways

STATES = [State("draft", "Draft", 0, here=True), State("sent", "Sent", 1), State("back", "To complete", 2, end=True)]
STEPS = [Way("draft", "sent", taken=True), Way("sent", "back"), Way("back", "sent")]


def test_every_state_is_a_box_and_every_step_a_line_with_its_head():
    svg = ways(STATES, STEPS, title="Way of a file", text="See the table.")

    assert svg.count("<rect") == 3
    assert svg.count('class="way"') + svg.count('class="way is-taken"') == 3
    assert svg.count("head") == 3
    assert re.findall(r'class="state is-here"', svg) == ['class="state is-here"']
    assert "<title" in svg
    assert "style=" not in svg


def test_words_that_are_no_markup_are_drawn_as_words():
    svg = ways([State("draft", "<b>&", 0)], [], title="<i>", text="")

    assert "<b>" not in svg
    assert "&lt;b&gt;&amp;" in svg
