"""Templates and scripts: none unused, imports that can be followed, nothing inline."""

from __future__ import annotations

import re

import pytest

from tests.support.source import SOURCE, code, files, name_of

#: Asked for by Django, allauth and gunicorn themselves.
_ASKED_BY_OTHERS = re.compile(r"^(?:\d{3}(?:_csrf)?\.html|account/|mfa/|allauth/|registration/)")


def templates():
    return {
        path.relative_to(folder).as_posix(): path
        for path in files()
        if path.suffix in {".html", ".txt", ".svg", ".xml"}
        for folder in path.parents
        if folder.name == "templates" and folder.is_relative_to(SOURCE)
    }


def scripts():
    return [path for path in files() if path.suffix in {".js", ".mjs"} and path.is_relative_to(SOURCE)]


def test_no_template_is_unused():
    known = templates()
    words = "\n".join(path.read_text(encoding="utf-8") for path in [*code("src"), *known.values()])
    unused = [name for name in known if not _ASKED_BY_OTHERS.match(name) and not _is_named(name, words)]

    assert unused == []


def _is_named(name: str, words: str) -> bool:
    """Whether a template is named whole, or by a name built from its folder and its word."""
    stem = name.rpartition("/")[2].partition(".")[0]
    return f'"{name}"' in words or f"'{name}'" in words or f'"{stem}"' in words or f"'{stem}'" in words


@pytest.mark.parametrize("script", scripts(), ids=name_of)
def test_imports_of_modules_end_with_a_semicolon(script):
    text = script.read_text(encoding="utf-8")
    imports = re.findall(r"^\s*(?:import|export)\b[^;\n]*\bfrom\s*[\"'][^\"']+[\"'](.?)", text, re.MULTILINE)

    assert set(imports) <= {";"}


@pytest.mark.parametrize("template", sorted(templates().items()), ids=lambda item: item[0])
def test_templates_hold_no_inline_script_or_style(template):
    text = template[1].read_text(encoding="utf-8")
    inline = re.findall(
        r"<style\b|\sstyle=[\"']|\son[a-z]+=[\"']|<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/)[^>]*>|javascript:",
        text,
    )

    assert inline == []
