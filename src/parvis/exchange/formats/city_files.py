"""Reading a city's data files: YAML, with the file and the line of every value, and no key twice.

A city's folder holds ``city.yaml``, ``records/<room>/*.yaml`` (each a mapping from a plural noun to a
list of records) and ``left_out.yaml`` (facts kept out, each with its reason).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path_ = tuple[str | int, ...]


class UnreadableFile(Exception):
    """A data file cannot be read. Says the file, the line and what is wrong there."""

    def __init__(self, file: str, line: int, sentence: str) -> None:
        self.file, self.line, self.sentence = file, line, sentence
        super().__init__(f"{file}, line {line}: {sentence}")


@dataclass(frozen=True, slots=True)
class Located:
    """A value read from a file, and the line of each thing in it."""

    value: Any
    file: str
    lines: Mapping[Path_, int] = field(repr=False)
    at: Path_ = ()

    def line_of(self, path: str = "") -> int:
        """Line of what a dotted path (``parties.0.party``) names, or of the nearest thing above it."""
        steps = tuple(int(step) if step.isdigit() else step for step in path.split(".") if step)
        while steps:
            line = self.lines.get(self.at + steps)
            if line:
                return line
            steps = steps[:-1]
        return self.lines.get(self.at, 1)

    def items(self) -> Iterator[Located]:
        """Each member of a list, with its own place."""
        for place, value in enumerate(self.value or ()):
            yield Located(value, self.file, self.lines, (*self.at, place))

    def part(self, name: str) -> Located:
        return Located(self.value[name], self.file, self.lines, (*self.at, name))


def read_yaml(path: Path, root: Path) -> Located:
    """Read one file. Raises UnreadableFile for bad syntax or a key written twice."""
    name = path.relative_to(root).as_posix()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise UnreadableFile(name, (mark.line if mark else 0) + 1, fault.problem or "not YAML") from fault
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise UnreadableFile(name, 1, str(fault).splitlines()[0]) from fault
    lines: dict[Path_, int] = {}
    value = None if node is None else _build(node, name, lines, ())
    return Located(value, name, lines)


def record_files(folder: Path) -> list[Path]:
    """Files of records of a city, in a fixed order."""
    return sorted((folder / "records").rglob("*.yaml"))


def fingerprint(folder: Path) -> str:
    """SHA-256 over every data file of a city: the same files give the same text."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _build(node: yaml.Node, file: str, lines: dict[Path_, int], path: Path_) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, lines, path)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, file, lines, (*path, place)) for place, child in enumerate(node.value)]
    return _scalar(node, file)


def _mapping(node: yaml.MappingNode, file: str, lines: dict[Path_, int], path: Path_) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in found:
            raise UnreadableFile(file, key_node.start_mark.line + 1, f"“{key}” is written twice")
        found[key] = _build(value_node, file, lines, (*path, key))
        lines[(*path, key)] = key_node.start_mark.line + 1
    return found


def _scalar(node: yaml.Node, file: str) -> Any:
    """Plain values; a date stays the text it was written as, so that no precision is made up."""
    tag, text = node.tag, str(node.value)
    try:
        if tag.endswith(":int"):
            return int(text.replace("_", ""), 0) if not _leading_zero(text) else text
        if tag.endswith(":float"):
            return text.replace("_", "")
        if tag.endswith(":bool"):
            return text.lower() in {"yes", "true", "on"}
    except ValueError as fault:
        raise UnreadableFile(file, node.start_mark.line + 1, f"“{text}” cannot be read") from fault
    return None if tag.endswith(":null") else text


def _leading_zero(text: str) -> bool:
    return len(text) > 1 and text.startswith("0")
