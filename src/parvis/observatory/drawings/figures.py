"""A chart for each figure several sources speak of."""

from __future__ import annotations

from collections.abc import Iterator

from parvis.foundation.vocabulary.vocabulary import of_the_house
from parvis.observatory.charts.dots import Value, dots
from parvis.observatory.charts.measured import About, Kind
from parvis.observatory.measures.figures import Figure, figures, first_of
from parvis.observatory.paper.drawing import Drawing
from parvis.observatory.paper.phrases import currency_words, say
from parvis.observatory.tables import Tables, Titles, number, text, word

#: Figures beyond this number keep their table and get no chart.
MOST_CHARTS = 400


def figure_drawings(tables: Tables, lang: str, day: str) -> Iterator[Drawing]:
    """Charts named after their figure, wide and narrow; a second unit of the same figure gets its own."""
    shown = [figure for figure in figures(tables) if figure.several][:MOST_CHARTS]
    sources = {text(said, "source") for figure in shown for said in figure.statements}
    titles = Titles(tables, {*(figure.key for figure in shown), *sources})
    seen: dict[str, int] = {}
    for figure in shown:
        seen[figure.key] = seen.get(figure.key, 0) + 1
        name = f"figure-{figure.key}" + (f"-{seen[figure.key]}" if seen[figure.key] > 1 else "")
        yield from _charts(figure, name, titles, lang, day)


def _charts(figure: Figure, name: str, titles: Titles, lang: str, day: str) -> Iterator[Drawing]:
    kind = Kind(figure.unit, figure.currency, figure.amount_kind)
    first = first_of(figure.statements)
    values = [
        Value(
            number=number(said, "number") or 0.0,
            as_of=text(said, "as_of"),
            kind=kind,
            scope=word(said, "scope", lang),
            number_to=number(said, "number_to"),
            qualifier=text(said, "qualifier"),
            source=titles.of(text(said, "source"), lang),
            first=said is first,
        )
        for said in figure.statements
    ]
    about = About(
        name=name,
        lang=lang,
        title=say(lang, "figure.differ", count=len(values), name=titles.of(figure.key, lang)),
        unit=_unit(figure, lang),
        scope=word(figure.row, "definition", lang),
        source=" · ".join(sorted({value.source for value in values} - {""})) or say(lang, "words.records"),
        day=day,
    )
    yield dots(values, about)
    yield dots(values, about, narrow=True)


def _unit(figure: Figure, lang: str) -> str:
    """What is counted, in words: “euros a year” says both the money and the kind of amount."""
    house = of_the_house()
    parts = [house.amount_kinds.label(figure.amount_kind, lang)] if figure.amount_kind else []
    if figure.unit and figure.unit not in ("ratio", "unstated"):
        parts.append(house.units.label(figure.unit, lang))
    if figure.currency:
        parts.insert(0, currency_words(figure.currency, lang))
    return ", ".join(parts)
