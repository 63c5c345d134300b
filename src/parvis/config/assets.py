"""Static files named by their content, imports between our own modules included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Others' files, whose comments look like imports to Django.
_LEFT_ALONE = ("django_htmx/", "admin/")


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Django's hashed names, for ES modules too: each must import by a relative path and end with a semicolon."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _, imports = self._js_module_import_aggregation_patterns
        self.patterns: tuple[Any, ...] = (*self.patterns, ("*.mjs", imports))
        super().__init__(*args, **kwargs)

    def url_converter(self, name: str, hashed_files: Any, template: str | None = None) -> Callable[[Any], str]:
        if name.startswith(_LEFT_ALONE):
            return lambda match: match[0]
        convert: Callable[[Any], str] = super().url_converter(name, hashed_files, template)
        return convert
