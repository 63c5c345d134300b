"""What officers said of papers: which of them reviewers may read."""

from __future__ import annotations

from parvis.domain.funding.models import Application, PaperVerdict


def verdict_on(file: Application, code: str, sha256: str) -> PaperVerdict | None:
    """The last word of an officer on that very paper; a paper put in its place waits for another."""
    rows = PaperVerdict.objects.filter(application=file, code=code, sha256=sha256)
    return rows.select_related("given_by").order_by("-given_at", "-pk").first()


def papers_let_through(file: Application) -> set[tuple[str, str]]:
    """The papers, by place and digest, that reviewers may read."""
    last: dict[tuple[str, str], bool] = {}
    for row in PaperVerdict.objects.filter(application=file).order_by("given_at", "pk"):
        last[row.code, row.sha256] = row.shown
    return {paper for paper, shown in last.items() if shown}
