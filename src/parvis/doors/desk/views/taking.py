"""A list of files taken away: every field, as CSV, as a workbook, or with every document in a ZIP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.domain.funding import actions, queries
from parvis.domain.funding.queries import WholeFile
from parvis.doors.desk import carrying
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import ties_first
from parvis.doors.desk.views.received import sought_in
from parvis.exchange.formats import carried
from parvis.exchange.formats.workbook import workbook_chunks
from parvis.foundation.accounts.models import Role

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@require_GET
@for_role(Role.OFFICER)
@ties_first
def take(request: HttpRequest, form: str) -> HttpResponseBase:
    """All fields of the files that a list shows, written as they are read. Files closed to this person stay here."""
    if form not in KINDS:
        raise Http404
    rows = queries.in_order(queries.files_sought(sought_in(request), who(request)), "number")
    at = timezone.now()
    query = request.GET.urlencode()
    actions.note_files_taken(form=form, files=rows.count(), sought=query, by=who(request), at=at)
    columns = carrying.columns_of(queries.forms_of(rows))

    def files() -> Iterator[WholeFile]:
        return queries.whole_files(rows)

    local = timezone.localtime(at, timezone.get_default_timezone())
    if form == "xlsx":
        cut = _(" […] The CSV holds the whole text.")
        chunks = workbook_chunks(_sheets(columns, files), cut, local)
    elif form == "csv":
        chunks = carried.csv_chunks(carrying.file_rows(columns, files()))
    else:
        chunks = carried.zip_chunks(carrying.zip_parts(columns, files), local)
    answer = StreamingHttpResponse(_spoken(chunks))
    answer["Content-Type"] = KINDS[form]
    answer["Content-Disposition"] = f'attachment; filename="files-{timezone.localdate().isoformat()}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _sheets(columns: list[carrying.Column], files: Any) -> list[tuple[str, Any]]:
    """The sheets of a workbook; each table begins to be read when its turn comes."""
    return [
        (_("Application files"), carrying.file_rows(columns, files())),
        (_("Lines"), carrying.line_rows(files())),
        (_("Documents"), carrying.document_rows(files())),
    ]


def _spoken(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Chunks made in the language of whoever asked: they are made after the request has ended."""
    language = get_language() or "fr"
    while True:
        with override(language):
            part = next(chunks, None)
        if part is None:
            return
        yield part
