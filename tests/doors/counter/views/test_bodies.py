"""The account of a body: what an applicant is asked when it is opened."""

import re

from django.urls import reverse


def test_the_kind_of_a_body_is_chosen_under_the_heading_of_its_family(at_counter, ana):
    page = at_counter(ana).get(reverse("counter:new_body")).content.decode()

    chosen = re.search(r'<select name="kind".*?</select>', page, re.DOTALL)[0]
    headings = re.findall(r'<optgroup label="(.*?)">', chosen)
    assert (headings[0], len(headings)) == ("Associations and civil society", 10)
    assert re.findall(r'value="(\w+)" selected', chosen) == ["association"]
    assert "natural_person" not in chosen
