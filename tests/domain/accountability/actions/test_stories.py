import pytest

from parvis.domain.accountability.errors import StoryAboutNothing
from parvis.domain.accountability.models import Story
from parvis.register.errors import InvalidContent


@pytest.fixture
def story(enter, subject):
    subject("stele", noun="memorial")
    return enter("story", "memory", about=["stele"], body={"en": "A stele stands."})


def test_a_story_is_about_a_record_at_least(story, enter, amend):
    with pytest.raises(StoryAboutNothing):
        enter("story", "empty", body={"en": "Nothing to see."})
    with pytest.raises(StoryAboutNothing):
        amend(story, about=["memory"])

    assert [[line.record.key for line in row.about.all()] for row in Story.objects.all()] == [["stele"]]


def test_a_story_names_a_record_once(story, enter):
    with pytest.raises(InvalidContent) as refused:
        enter("story", "twice", about=["stele", "stele"])

    assert [str(problem) for problem in refused.value.problems] == ["about.1: This record is named twice."]


def test_a_story_is_told_otherwise(story, amend):
    told = amend(story, about=["stele"], body={"en": "It still stands."})

    assert [text.body for text in told.subject.texts.filter(field="body")] == ["It still stands."]
