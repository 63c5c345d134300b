"""What a value of a release is called in the preview."""

import pytest
from django.utils.translation import override

from parvis.doors.desk.sheets.paths import label_of_published


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("rows.agreement_steps[2].state", "Étapes des accords 2 · État atteint"),
        ("texts.title.fr", "Titre (Français)"),
        ("originals.title", "Langue où fut écrit : Titre"),
    ],
)
def test_a_change_is_named_in_the_readers_words_not_by_its_column(path, said):
    with override("fr"):
        label = label_of_published(path)

    assert label.replace("\u00a0", " ") == said
