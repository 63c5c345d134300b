"""Documents: taken by their content, refused with a sentence, never shown in the browser."""

import hashlib
import os
import socket
import threading

import pytest
from django.conf import settings as office
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from parvis.domain.funding.models import VaultDocument
from parvis.exchange.inbound import scanning
from tests.exchange.formats.test_uploads import PDF, docx


@pytest.fixture
def upload(at_counter, ana, body, settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "vault"

    def send(content, name, **more):
        sent = {"document": SimpleUploadedFile(name, content), **more}
        return at_counter(ana).post(reverse("counter:upload", args=[body.pk]), sent, follow=True)

    return send


def test_a_document_is_kept_under_its_hash_and_handed_over_as_a_file_to_save(upload, at_counter, ana, bruno):
    upload(PDF, "../../Sta\u202etuts.pdf", title="Sta\u200btuts", valid_until="31/12/2099")

    kept = VaultDocument.objects.get()
    assert (kept.title, kept.file_name, kept.valid_until.isoformat()) == ("Statuts", "Statuts.pdf", "2099-12-31")
    assert (office.VAULT_DIR / kept.sha256[:2] / kept.sha256).read_bytes() == PDF
    answer = at_counter(bruno).get(reverse("counter:document", args=[kept.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\x00" * 50, "statuts.pdf", "This file is a program, whatever its name says."),
        (docx(**{"word/vbaProject.bin": "x"}), "lettre.docx", "This file holds macros."),
        (docx(**{"word/zeros": "0" * 30_000_000}), "lettre.docx", "This file swells beyond measure"),
        (b"", "vide.pdf", "This file is empty."),
    ],
)
def test_what_is_refused_is_refused_in_a_sentence_and_nothing_is_kept(upload, content, name, sentence):
    answer = upload(content, name)

    assert sentence in answer.content.decode()
    assert VaultDocument.objects.count() == 0


def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_kept(vault, at_counter, ana, body):
    sha256 = hashlib.sha256(PDF).hexdigest()
    folder = vault / sha256[:2]
    folder.mkdir(parents=True)
    draft = folder / f"{sha256}.{os.getpid()}"
    draft.symlink_to("/dev/full")  # what is written there meets a disk without room
    client = at_counter(ana)
    client.raise_request_exception = False

    sent = {"document": SimpleUploadedFile("Statuts.pdf", PDF)}
    answer = client.post(reverse("counter:upload", args=[body.pk]), sent)

    assert answer.status_code == 507
    assert "The disk of the office is full." in answer.content.decode()
    assert VaultDocument.objects.count() == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("language", "sentence"), [("en", "larger than 20 MB"), ("pt", "ultrapassa 20 MB")])
def test_two_gigabytes_are_refused_before_a_byte_is_read(at_counter, ana, body, language, sentence):
    answer = at_counter(ana, language).post(
        reverse("counter:upload", args=[body.pk]), b"x", content_type="multipart/form-data; boundary=x",
        headers={"content-length": str(2 * 1024**3)},
    )  # fmt: skip

    assert answer.status_code == 413
    assert sentence in answer.content.decode()


@pytest.fixture
def scanner(tmp_path, settings):
    """A scanner that answers as ClamAV does on its socket."""
    said = []

    def answering(reply):
        path = str(tmp_path / "clamd")
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        server.listen()
        settings.CLAMAV_SOCKET = path

        def serve():
            client, _address = server.accept()
            with client:
                sent = b""
                while not sent.endswith(b"\0\0\0\0"):
                    sent += client.recv(1 << 16)
                said.append(sent)
                client.sendall(reply)

        threading.Thread(target=serve, daemon=True).start()
        return said

    return answering


def test_a_scanner_that_finds_something_or_stays_silent_lets_nothing_in(upload, scanner, settings, tmp_path):
    scanner(b"stream: Eicar-Test-Signature FOUND\n")
    found = upload(PDF, "statuts.pdf").content.decode()
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    silent = upload(PDF, "statuts.pdf").content.decode()

    assert "The scanner found “Eicar-Test-Signature” in this file." in found
    assert "The scanner does not answer: try again in a moment." in silent
    assert VaultDocument.objects.count() == 0


def test_a_clean_file_is_marked_as_scanned(upload, scanner):
    scanner(b"stream: OK\n")

    upload(PDF, "statuts.pdf")

    assert VaultDocument.objects.get().scanned
    assert scanning.scan.__doc__
