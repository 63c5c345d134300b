"""The page of the interface lets one try it, and says what cannot be read."""

from __future__ import annotations

from parvis.publication import reader
from tests.publication.conftest import said_by_hand


def asked(public_site, folder, path, **query):
    said_by_hand().publish(folder)
    reader.serve_from(folder)
    return public_site.get(path, query).content.decode()


def test_a_question_is_answered_on_the_page_with_its_address(public_site, tmp_path):
    page = asked(public_site, tmp_path, "/en/api", dataset="agreements", where="year(signed) >= 2018", select="key")

    assert "1 row" in page
    assert '<td class="nowrap">accord-cordoba</td>' in page
    assert "/api/v1/datasets/agreements/records?where=year%28signed%29+%3E%3D+2018&amp;select=key&amp;limit=10" in page


def test_a_question_nobody_can_read_is_refused_on_the_page_in_its_language(public_site, tmp_path):
    page = asked(public_site, tmp_path, "/fr/api", dataset="agreements", where="signed =")

    assert "La question s’arrête là où" in page
    assert "une valeur" in page
    assert 'value="signed ="' in page
