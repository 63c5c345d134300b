"""The texts of official papers: a new version at each change, and the one that a paper is made from kept with it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import PaperKind, TextFrom
from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models import Wording
from parvis.domain.funding.queries.wordings import InForce, Served, Texts, text_in_force, wordings
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.vocabulary.paper_texts import PaperText, places_of, unknown_in

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000


@transaction.atomic
def write_wording(
    *, paper: PaperKind, served: Served, language: str, said: PaperText, by: User, at: datetime
) -> Wording:
    """Write the next version of a paper's text in one language; the other languages stay as they are.

    The same words again change nothing. Raises StepHeldBack where a place between braces stands for nothing known.
    """
    said = PaperText(" ".join(said.title.split()), said.text.replace("\r\n", "\n").strip())
    if why := _faulty(paper, said, language):
        raise StepHeldBack(why=why)
    now = text_in_force(paper, [served])
    if now.wording is not None and now.served == served and now.texts.get(language) == said:
        return now.wording
    return _keep(paper, served, {**now.texts, language: said}, TextFrom.DESK, by, at)


def kept_wording(now: InForce, *, by: User, at: datetime) -> Wording:
    """The version a paper is made from; what the city's file says becomes one on the day it is used."""
    if now.wording is not None:
        return now.wording
    held = wordings(now.paper, now.served).filter(written_in=TextFrom.FILE).first()
    if held is not None and held.digest == journal.digest_of(_as_kept(now.texts)):
        return held
    return _keep(PaperKind(now.paper), now.served, now.texts, TextFrom.FILE, by, at)


def _keep(paper: PaperKind, served: Served, texts: Texts, origin: TextFrom, by: User, at: datetime) -> Wording:
    last = wordings(paper, served).first()
    content = _as_kept(texts)
    row = Wording.objects.create(
        paper=paper, about=served.about, kind=served.kind, version=last.version + 1 if last else 1, texts=content,
        written_in=origin, digest=journal.digest_of(content), written_at=at, written_by=by,
    )  # fmt: skip
    journal.write("wording kept", about=f"wording:{row.pk}", by=by, at=at, paper=paper.value, content=row.digest)
    return row


def _as_kept(texts: Texts) -> dict[str, dict[str, str]]:
    return {language: asdict(said) for language, said in sorted(texts.items())}


def _faulty(paper: PaperKind, said: PaperText, language: str) -> str:
    """Why a text cannot be kept; empty when it can."""
    if not said.title or not said.text:
        return _("Write a title and a text.")
    if len(said.title) > LONGEST_TITLE or len(said.text) > LONGEST_TEXT:
        return _("This text is too long for a letter or a convention.")
    if odd := unknown_in(paper, said.title, said.text):
        known = ", ".join("{%s}" % (words.get(language) or words["en"]) for words in places_of(paper).values())
        return _("Nothing is known by this name: %(odd)s. The places are: %(known)s.") % {
            "odd": ", ".join(odd), "known": known,
        }  # fmt: skip
    return ""
