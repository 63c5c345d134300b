"""What the server cannot read is refused by the sites themselves, in the reader's language."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.test import Client


def refused_with(status):
    return {"gunicorn.socket": SimpleNamespace(refused=status)}


@pytest.mark.parametrize(
    ("status", "language", "sentence"),
    [
        (414, "fr", "Cette adresse est trop longue pour être lue"),
        (431, "es", "Con esta petición llegó más de lo que se puede leer"),
        (400, "pt", "Este pedido não pode ser lido."),
    ],
)
def test_the_office_says_what_it_cannot_read_on_a_page_of_its_own(db, status, language, sentence):
    answer = Client(headers={"accept-language": language}).get("/guichet/", **refused_with(status))

    assert answer.status_code == status
    assert (sentence in answer.content.decode(), f'lang="{language}"' in answer.content.decode()) == (True, True)


def test_a_form_of_more_fields_than_any_page_has_is_refused_on_a_page(db, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10

    answer = Client(headers={"accept-language": "fr"}).post("/guichet/", {str(n): "x" for n in range(20)})

    assert answer.status_code == 413
    assert "C’est plus qu’une page ne peut envoyer à la fois." in answer.content.decode()


def test_a_form_larger_than_a_document_is_refused_before_it_is_read(db):
    words = {"CONTENT_LENGTH": str(1 << 30), "CONTENT_TYPE": "application/x-www-form-urlencoded"}

    answer = Client(headers={"accept-language": "en"}).generic("POST", "/guichet/", b"x", **words)

    assert answer.status_code == 413
    assert "This is more than one page may send at once." in answer.content.decode()


def test_what_comes_without_saying_how_large_it_is_is_not_taken_for_a_page_of_an_earlier_session(db):
    client = Client(headers={"accept-language": "fr"}, enforce_csrf_checks=True)

    answer = client.generic("POST", "/guichet/organismes/1/pieces/", b"", HTTP_TRANSFER_ENCODING="chunked")

    assert (answer.status_code, answer["Connection"]) == (411, "close")
    assert "Ceci a été envoyé sans dire sa taille" in answer.content.decode()


def test_who_only_reads_through_a_proxy_that_tells_no_length_is_shown_the_page(db):
    client = Client(headers={"accept-language": "fr"})

    answer = client.generic("GET", "/compte/login/", b"", HTTP_TRANSFER_ENCODING="chunked")

    assert (answer.status_code, answer["Connection"]) == (200, "close")


def test_what_may_only_be_read_says_so_in_words(db):
    answer = Client(headers={"accept-language": "en"}).post(f"/guichet/dossiers/{UUID(int=1)}/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert "Nothing can be sent to this address in this way." in answer.content.decode()
