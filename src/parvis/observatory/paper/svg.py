"""Elements of SVG as text: geometry in attributes, looks in classes, never an inline style."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def half(value: float) -> str:
    """A coordinate to the half unit: fine for the eye, short, and the same on every machine."""
    doubled = round(value * 2)
    whole, rest = divmod(abs(doubled), 2)
    sign = "-" if doubled < 0 else ""
    return f"{sign}{whole}.5" if rest else f"{sign}{whole}"


def tag(name: str, *inside: str, **attributes: object) -> str:
    """One element. Floats are rounded to the half; ``class_`` and ``aria_label`` lose their underscores."""
    written = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items() if value != "")
    content = "".join(inside)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(text: str, x: float, y: float, class_: str = "", name: str = "text", **attributes: object) -> str:
    """A line of text, its baseline at ``y``. The sign ≠ is not in the sans face and is set in another."""
    written = escape(text, quote=False).replace("≠", '<tspan class="sign">≠</tspan>')
    return tag(name, written, x=float(x), y=float(y), class_=class_, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    return tag("path", d=f"M{half(x1)} {half(y1)}L{half(x2)} {half(y2)}", class_=class_)


def group(class_: str, marks: Iterable[str], **attributes: object) -> str:
    inside = "".join(marks)
    return tag("g", inside, class_=class_, **attributes) if inside else ""


def sheet(name: str, width: float, height: float, *inside: str, title: str, text: str, class_: str = "") -> str:
    """A whole picture, named and described for those who cannot see it.

    ``name`` makes its ids unique on a page.
    """
    return tag(
        "svg",
        tag("title", escape(title, quote=False), id=f"{name}-title"),
        tag("desc", escape(text, quote=False), id=f"{name}-text"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {half(width)} {half(height)}",
        role="img",
        aria_labelledby=f"{name}-title {name}-text",
        class_=f"drawing {class_}".strip(),
    )


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    return half(value) if isinstance(value, float) else escape(str(value))
