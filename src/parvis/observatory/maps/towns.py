"""The overview plates: the world, Europe enlarged, and those bound by a European accord."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parvis.observatory.maps.marks import TIES, Spot, apart, marks, thinned, wish
from parvis.observatory.maps.plates import EUROPE, EUROPE_LENS, EUROPE_NARROW, WORLD, WORLD_NARROW, Plate
from parvis.observatory.paper.drawing import Drawing, Table, same_rows
from parvis.observatory.paper.labels import Box, Placing, place
from parvis.observatory.paper.phrases import country_words, say
from parvis.observatory.paper.svg import group, half, sheet, tag, words

#: Beyond this many towns a plate shows where they are and names none: the list does.
MOST_NAMED = 150
#: Where the lens on Europe lies on the world plate: over the South Pacific, which holds no town.
_LENS_AT = (8.0, 270.0)


@dataclass(frozen=True, slots=True)
class Town:
    """A partner on the map: named in the reader's language, with its strongest tie."""

    key: str
    name: str
    lon: float
    lat: float
    tie: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What every plate of one release says alike: whose map, in which language, of which day."""

    city: Town
    lang: str
    day: str
    towns: Sequence[Town] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Lettering:
    """How large marks and names are drawn; no names where ``letters`` is 0."""

    mark: float
    letters: float
    heap: bool = True


def world(subject: Subject) -> Drawing:
    """The world with its names, Europe enlarged in a corner: for wide screens and print."""
    far: list[Town] = []
    near: list[Town] = []
    for town in subject.towns:
        (near if EUROPE_LENS.holds(town.lon, town.lat, inside=6) else far).append(town)
    left, top = _LENS_AT
    lens = Box(left, top, left + EUROPE_LENS.width, top + EUROPE_LENS.height)
    inside = [
        _land(WORLD),
        _outline_of_lens(),
        *_small_marks(WORLD, near),
        *_named(WORLD, subject, far, Lettering(5, 12), taken=[lens], near=near)[0],
        _lens(subject, near),
    ]
    return _drawing("world", WORLD, subject, inside, "world")


def world_narrow(subject: Subject) -> Drawing:
    """The world without names, for phones: the plate of Europe and the list follow it there."""
    parts, _ = _named(WORLD_NARROW, subject, subject.towns, Lettering(2.5, 0, heap=False))
    return _drawing("world-narrow", WORLD_NARROW, subject, [_land(WORLD_NARROW), *parts], "world", narrow=True)


def europe(subject: Subject, *, narrow: bool = False) -> Drawing:
    """Europe and its neighbourhood on its own plate."""
    return _of_europe("europe", subject, subject.towns, narrow=narrow)


def accords(subject: Subject, bound: Sequence[Town], *, narrow: bool = False) -> Drawing:
    """The towns bound by a European accord."""
    return _of_europe("accords", subject, bound, narrow=narrow)


def _of_europe(name: str, subject: Subject, towns: Sequence[Town], *, narrow: bool) -> Drawing:
    plate = EUROPE_NARROW if narrow else EUROPE
    lettering = Lettering(3.5, 11) if narrow else Lettering(5, 13)
    shown = [town for town in towns if plate.holds(town.lon, town.lat, inside=4)]
    parts, placing = _named(plate, subject, shown, lettering)
    told = towns if name == "accords" else shown
    seen = Subject(subject.city, subject.lang, subject.day, told)
    unnamed = sorted(wish.lines[0] for wish in placing.left_out)
    full_name = f"{name}-narrow" if narrow else name
    return _drawing(full_name, plate, seen, [_land(plate), *parts], name, narrow=narrow, unnamed=unnamed)


def _drawing(
    name: str,
    plate: Plate,
    subject: Subject,
    inside: Sequence[str],
    phrase: str,
    *,
    narrow: bool = False,
    unnamed: Sequence[str] = (),
) -> Drawing:
    counts = Counter(town.tie for town in subject.towns)
    lang, city = subject.lang, subject.city.name
    title = say(lang, f"{phrase}.title", count=len(subject.towns), city=city)
    if phrase == "world":
        text = say(lang, "world.text", **{tie: counts[tie] for tie in TIES})
    else:
        text = say(lang, "europe.text")
    return Drawing(
        name=name,
        lang=lang,
        title=title,
        text=text,
        svg=sheet(f"{name}-{lang}", plate.width, plate.height, *inside, title=title, text=text, class_="plate"),
        table=_table(subject),
        source=f"{say(lang, 'words.records')} · {say(lang, 'words.natural_earth')}",
        day=subject.day,
        more={
            "points": [_point(town) for town in subject.towns],
            "counts": {tie: counts[tie] for tie in TIES},
            "narrow": narrow,
            "width": plate.width,
            "height": plate.height,
            "unnamed": list(unnamed),
        },
    )


def _point(town: Town) -> dict[str, str | float]:
    """A town as the list beside the map needs it."""
    return {
        "key": town.key,
        "name": town.name,
        "country": town.country,
        "tie": town.tie,
        "lon": town.lon,
        "lat": town.lat,
    }


def _table(subject: Subject) -> Table:
    lang = subject.lang
    rows = [(town.name, country_words(town.country, lang), say(lang, f"ties.{town.tie}")) for town in subject.towns]
    return same_rows([say(lang, f"columns.{name}") for name in ("city", "country", "tie")], rows)


def _land(plate: Plate) -> str:
    return tag("path", d=plate.land_path(), transform="scale(.5)", class_="land")


def _spot(plate: Plate, town: Town, size: float) -> Spot:
    x, y = plate.at(town.lon, town.lat)
    return Spot(town.key, town.name, town.tie, x, y, size)


def _named(
    plate: Plate,
    subject: Subject,
    towns: Sequence[Town],
    lettering: Lettering,
    *,
    taken: Sequence[Box] = (),
    near: Sequence[Town] = (),
) -> tuple[list[str], Placing]:
    """Leaders, then names, then marks, so that no name ever lies on a dot."""
    home = _spot(plate, subject.city, lettering.mark)
    spots = [_spot(plate, town, lettering.mark) for town in towns]
    crowded = len(spots) > MOST_NAMED
    if crowded:
        spots = thinned(spots, lettering.mark * 4)
    elif lettering.heap:
        spots = apart(spots)
    spots = [*spots, home]
    if crowded or not lettering.letters:
        return [group("marks", marks(spots))], Placing((), ())
    frame = Box(3, 3, plate.width - 3, plate.height - 3)
    small = [wish(_spot(plate, town, 2.5), lettering.letters).mark for town in near]
    placing = place([wish(spot, lettering.letters) for spot in spots], frame, [*taken, *small])
    parts = [
        group("leaders", (label.leader() for label in placing.labels)),
        group("names", (label.drawn() for label in placing.labels), font_size=f"{lettering.letters:g}"),
        group("marks", marks(spots)),
    ]
    return parts, placing


def _small_marks(plate: Plate, towns: Sequence[Town]) -> Iterator[str]:
    spots = [_spot(plate, town, 2.5) for town in towns]
    yield group("marks small", marks(thinned(spots, 8) if len(spots) > MOST_NAMED else spots))


def _outline_of_lens() -> str:
    points = " ".join(f"{half(x)} {half(y)}" for x, y in (WORLD.at(*point) for point in EUROPE_LENS.outline()))
    return tag("path", d=f"M{points}z", class_="lens-outline")


def _lens(subject: Subject, near: Sequence[Town]) -> str:
    """Europe enlarged, on a sheet of its own laid over the world."""
    left, top = _LENS_AT
    width, height = EUROPE_LENS.width, EUROPE_LENS.height
    caption = Box(0, 0, 110, 20)
    parts, _ = _named(EUROPE_LENS, subject, near, Lettering(3.5, 10.5), taken=[caption])
    return tag(
        "g",
        tag("rect", width=float(width), height=float(height), rx="3", class_="lens"),
        _land(EUROPE_LENS),
        words(say(subject.lang, "words.europe_enlarged"), 8, 15, "name head", font_size="10.5"),
        *parts,
        tag("rect", width=float(width), height=float(height), rx="3", class_="lens-edge"),
        transform=f"translate({half(left)} {half(top)})",
        class_="inset",
    )
