"""The interface in French, Spanish and Portuguese: what is to be translated, and the catalogs compiled.

``python -m parvis.doors.ui.messages`` gathers every message of code and templates into ``locale/*.po``;
compiled catalogs are made when the application starts, only where a ``.po`` is newer. Nothing but Babel
and Django is needed: no gettext on the machine.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .spelling import spaced

LANGUAGES = ("fr", "es", "pt")
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_SOURCE = Path(__file__).resolve().parents[3]
LOCALE = _SOURCE.parent / "locale"


def _found_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """Messages of one file: line, message or its plural forms, context."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        from django.utils.translation.template import templatize  # noqa: PLC0415  # settings are needed only here

        # read as Python, where an indented line must match another
        text = "\n".join(line.lstrip() for line in templatize(text, origin=path.name).splitlines())
    for line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        yield line, message, context


def messages_used(source: Path = _SOURCE) -> Catalog:
    """Every message of the house, with the files it is said in."""
    catalog = Catalog(fuzzy=False)
    for path in sorted((*source.rglob("*.py"), *source.rglob("*.html"))):
        for _line, message, context in _found_in(path):
            where = str(path.relative_to(source)).replace(os.sep, "/")
            catalog.add(message, context=context, locations=[(where, 0)])
    return catalog


def _read(language: str) -> Catalog:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _headed(catalog: Catalog, before: Catalog) -> None:
    """A header that says what it must and changes only with the messages."""
    catalog.project, catalog.version, catalog.copyright_holder = "Parvis", "", ""
    catalog.header_comment = "# The interface of Parvis. Gathered by: python -m parvis.doors.ui.messages"
    catalog.creation_date = before.creation_date
    catalog.fuzzy = False


def gather() -> dict[str, int]:
    """Bring each catalog up to date; return how many messages wait for a translation."""
    used, waiting = messages_used(), {}
    for language in LANGUAGES:
        catalog = _read(language)
        catalog.update(used, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _headed(catalog, _read(language))
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False)
        waiting[language] = sum(not translated(message) for message in catalog if message.id)
    return waiting


def translated(message: Message) -> bool:
    """Whether every form of a message is said."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


def _spaced(message: Message, language: str) -> None:
    if isinstance(message.string, tuple):
        message.string = tuple(spaced(form, language) for form in message.string)
    elif message.id:
        message.string = spaced(str(message.string), language)


def compile_stale() -> list[str]:
    """Compile the catalogs older than their source; another process may be doing the same."""
    done = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        made = source.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        language = source.parts[-3]
        with source.open("rb") as file:
            catalog = read_po(file, locale=language)
        for message in catalog:
            _spaced(message, language)
        try:
            handle, part = tempfile.mkstemp(dir=source.parent, suffix=".part")
        except PermissionError:
            continue  # the copy of another user of this machine: the words compiled there serve
        with os.fdopen(handle, "wb") as file:
            write_mo(file, catalog)
        Path(part).chmod(0o644)
        Path(part).replace(made)
        done.append(language)
    return done


if __name__ == "__main__":
    for language, count in gather().items():
        print(f"{language}: {count} to translate")  # noqa: T201  # a command speaks
