"""An element of an IATI file as it stands, and the reader that makes one after the other in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from parvis.exchange.formats.tables.rows import refuse

_ = str  # marks a sentence for translation

_CHUNK = 1 << 18
_DEEPEST = 60
_MOST_IN_ONE = 400_000


class Element:
    """A name, attributes, text, children, and the line it begins at."""

    __slots__ = ("attributes", "children", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name, self.attributes, self.line = name, attributes, line
        self.text = ""
        self.children: list[Element] = []

    def all(self, name: str) -> list[Element]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Element | None:
        return next((child for child in self.children if child.name == name), None)

    def walk(self) -> Iterator[Element]:
        """Itself and every element in it, in the order of the file."""
        ahead = [self]
        while ahead:
            element = ahead.pop()
            yield element
            if element.children:
                ahead.extend(reversed(element.children))

    def words(self) -> dict[str, str]:
        """Its narratives by language; the first without a language under an empty one."""
        return {
            child.attributes.get("xml:lang", ""): child.text for child in self.children if child.name == "narrative"
        }


class Parts:
    """The records of an IATI file, one at a time. ``head`` is the element around them, once it is met."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self.head: Element | None = None
        self._ready: list[Element] = []

    def __iter__(self) -> Iterator[Element]:
        parser = self._parser()
        try:
            with self.path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    parser.Parse(chunk, False)  # the parser's own call
                    if self._ready:
                        yield from self._ready
                        self._ready.clear()
                parser.Parse(b"", True)  # the parser's own call
        except expat.ExpatError as fault:
            said = expat.ErrorString(fault.code)
            sentence = _("This is no XML that can be read: %(said)s.")
            raise refuse(self.name, sentence, row=fault.lineno, said=said) from fault
        yield from self._ready
        self._ready.clear()

    def _parser(self) -> Any:
        """A parser that builds one record after the other; its handlers, called a million times, are closures."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        stack: list[Element] = []
        push, pop, ready = stack.append, stack.pop, self._ready
        held = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal held
            element = Element(name, attributes, parser.CurrentLineNumber)
            held += 1
            depth = len(stack)
            if depth > 1:
                stack[-1].children.append(element)
                if depth > _DEEPEST or held > _MOST_IN_ONE:
                    raise self._too_much(element, held)
            elif not depth:
                self._begin(element)
            push(element)

        def end(_name: str) -> None:
            nonlocal held
            element = pop()
            if len(stack) == 1:
                held = 0
                ready.append(element)

        def characters(text: str) -> None:
            if not text.isspace() and stack:
                element = stack[-1]
                element.text = element.text + text if element.text else text

        def doctype(*_said: object) -> None:
            said = _("The file declares entities, which no table needs: it is not read.")
            raise refuse(self.name, said, row=parser.CurrentLineNumber)

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
        return parser

    def _begin(self, element: Element) -> None:
        if element.name not in ("iati-activities", "iati-organisations"):
            said = _("This is no IATI file: it begins with “%(name)s”.")
            raise refuse(self.name, said, row=element.line, name=element.name[:60])
        self.head = element

    def _too_much(self, element: Element, held: int) -> Exception:
        if held > _MOST_IN_ONE:
            said = _("One record holds more than %(most)s elements.")
            return refuse(self.name, said, row=element.line, most=_MOST_IN_ONE)
        return refuse(
            self.name, _("The file is nested more than %(most)s levels deep."), row=element.line, most=_DEEPEST
        )
