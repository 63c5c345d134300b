"""A log that can be shown to anyone: addresses of people, secrets and values of rows are struck out."""

from __future__ import annotations

import logging
import re

_STRUCK = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[address]"),
    (re.compile(r"(?i)(?:DETAIL|CONTEXT|HINT):[^\n]*"), "[detail]"),
    (re.compile(r"(/entree/|/reset/|/confirm-email/)[^/\s]+"), r"\1[token]"),
    (re.compile(r"(\w+://[^:/@\s]+):[^@\s]+@"), r"\1:[secret]@"),
    (
        re.compile(
            r"(?i)\b(password|secret|token|sessionid|parvis_session|csrf\w*)(['\"]?\s*[=:]\s*['\"]?)[^\s,;'\"}]+"
        ),
        r"\1\2[secret]",
    ),
    (re.compile(r"(?<=\?)[^\s'\"]+"), "[query]"),
    (re.compile(r"\b(?:\+\d|0[1-9])(?:[ .-]?\d){7,12}\b"), "[number]"),
)


def struck(text: str) -> str:
    """The same text without what could name a person or open a door."""
    for pattern, instead in _STRUCK:
        text = pattern.sub(instead, text)
    return text


class DiscreetFormatter(logging.Formatter):
    """Strikes out after formatting, so that arguments and tracebacks are covered as well."""

    def format(self, record: logging.LogRecord) -> str:
        return struck(super().format(record))
