"""Words of the desk, in the language of whoever reads."""

from pathlib import Path

import pytest
from django.utils.translation import override

from parvis.doors import desk
from parvis.doors.desk.words import quoted


@pytest.mark.parametrize(("language", "said"), [("fr", "«\xa012,5\u202f»"), ("en", "“12,5”"), ("es", "«12,5»")])
def test_what_was_typed_stands_between_the_marks_of_the_language(language, said):
    with override(language):
        assert quoted("12,5") == said


def test_every_page_of_the_desk_writes_moments_as_the_house_does():
    pages = (Path(desk.__file__).parent / "templates").rglob("*.html")

    assert [page.name for page in pages if "DATETIME_FORMAT" in page.read_text(encoding="utf-8")] == []
