"""Lay down the files of a new city, ready to be filled: ``make new-city CITY=lyon NAME=Lyon``.

Nothing of a city that stands already is touched. Standard library only, so that it runs before anything else.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DATA = Path(__file__).resolve().parent.parent / "data"
LANGUAGES = ("fr", "en", "es", "pt")

_CITY = """\
# {name}: what the city says of itself. docs/data-format.md tells every field.
key: {key}
name: {{{names}}}
languages: [{languages}]
default_language: {first}
time_zone: {zone}
currency: {currency}
the_city: city-of-{key} # the body that acts
place: {key} # where it is
licence: CC0-1.0
"""
_SOURCES = """\
# Where facts come from. Every record names the lines of a source.
sources:
  - key: our-first-source
    kind: web_page
    title: {{{names}}}
    publisher: {{{names}}}
    date: {year}
    language: {first}
    speaks: self_reported
"""
_DIRECTORY = """\
# The city itself: the place, and the body that acts. Coordinates are in degrees.
places:
  - key: {key}
    kind: city
    level: city
    country: {country}
    latitude: {latitude}
    longitude: {longitude}
    title: {{{names}}}
    cites: [{{source: our-first-source, section: "the whole page"}}]
bodies:
  - key: city-of-{key}
    kind: city
    place: {key}
    title: {{{names}}}
    cites: [{{source: our-first-source, section: "the whole page"}}]
"""
_VOCABULARY = """\
# Words of {name}, put over those of the house: a new code with its label, another label, or "off". For instance:
# themes:
#   ocean: {{label: {{en: Sea and coast}}}}
"""


def lay_down(folder: Path, asked: argparse.Namespace) -> list[Path]:
    """Write the files of a city into an empty folder. Raises ValueError with a sentence when it cannot."""
    _check(folder, asked)
    languages = asked.languages.split(",")
    said = {
        "key": asked.city,
        "name": asked.name,
        "names": ", ".join(f'{language}: "{asked.name}"' for language in languages),
        "languages": ", ".join(languages),
        "first": languages[0],
        "zone": asked.zone,
        "currency": asked.currency,
        "country": asked.country,
        "latitude": asked.latitude,
        "longitude": asked.longitude,
        "year": asked.year,
    }
    files = {
        "city.yaml": _CITY,
        "vocabulary.yaml": _VOCABULARY,
        "left_out.yaml": "# Facts kept out, each with its reason: - {{fact: …, reason: {{en: …}}}}\n[]\n",
        "records/register/sources.yaml": _SOURCES,
        "records/directory/city.yaml": _DIRECTORY,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(**said), encoding="utf-8")
    return [folder / name for name in files]


def _check(folder: Path, asked: argparse.Namespace) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", asked.city):
        raise ValueError("A city's key is made of small letters, digits and hyphens, as in saint-denis.")
    if folder.exists():
        raise ValueError(f"data/{asked.city} stands already; nothing was touched.")
    if '"' in asked.name or "\n" in asked.name or not asked.name.strip():
        raise ValueError("A city has a name on one line, without quotation marks.")
    odd = [language for language in asked.languages.split(",") if language not in LANGUAGES]
    if odd:
        raise ValueError(f"The screens speak {', '.join(LANGUAGES)}, not {', '.join(odd)}.")
    if not re.fullmatch(r"[A-Z]{3}", asked.currency) or not re.fullmatch(r"[A-Z]{2}", asked.country):
        raise ValueError("Write the currency as EUR and the country as FR.")
    try:
        ZoneInfo(asked.zone)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise ValueError(f"There is no time zone “{asked.zone}”; write it as Europe/Paris.") from fault


def main(arguments: list[str]) -> int:
    """Lay down a city and say what to do next."""
    parser = argparse.ArgumentParser(prog="make new-city")
    parser.add_argument("--city", required=True, help="the city's key, as in saint-denis")
    parser.add_argument("--name", required=True)
    parser.add_argument("--languages", default="fr,en", help="the city's languages, its own first")
    parser.add_argument("--currency", default="EUR")
    parser.add_argument("--country", default="FR")
    parser.add_argument("--zone", default="Europe/Paris")
    parser.add_argument("--latitude", type=float, default=0.0)
    parser.add_argument("--longitude", type=float, default=0.0)
    parser.add_argument("--year", type=int, default=2026, help="the year of your first source")
    asked = parser.parse_args(arguments)
    try:
        written = lay_down(DATA / asked.city, asked)
    except ValueError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    for path in written:
        print(f"  {path.relative_to(DATA.parent)}")
    print(f"Fill these files, then open the city with: PARVIS_CITY={asked.city} PARVIS_VAR=var/{asked.city} make run")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
