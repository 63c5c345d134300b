"""The words of the vocabularies in the reader's language: kinds, states, themes, units, qualifiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext as _

from parvis.foundation.values import fold, in_language
from parvis.foundation.values.text import sort_key
from parvis.foundation.vocabulary import BrokenVocabulary, Terms, Vocabulary, load, with_words
from parvis.publication.reader import Release

#: The words of the city whose release is being read.
_words: ContextVar[Vocabulary | None] = ContextVar("words", default=None)
_kept: dict[str, Vocabulary] = {}
_KEPT_AT_MOST = 8
#: A theme is not offered for fewer letters than this.
SHORTEST_THEME = 4


def speak_for(release: Release) -> None:
    """From now on in this request, words are those of the city whose release is read."""
    mark = release.content_hash
    if mark not in _kept:
        if len(_kept) >= _KEPT_AT_MOST:
            _kept.clear()
        _kept[mark] = _put_over_ours(release.city.get("vocabulary") or {})
    _words.set(_kept[mark])


def _put_over_ours(own: Mapping[str, Any]) -> Vocabulary:
    try:
        return with_words(own)
    except BrokenVocabulary:  # a release made by another version of the house
        return load()


def _vocabulary() -> Vocabulary:
    return _words.get() or load()


def _label(terms: Terms | None, code: str | None, language: str) -> str:
    """A code nobody has named yet is shown as words, never hidden."""
    if not code:
        return ""
    if terms is not None and code in terms:
        return terms.label(code, language)
    return code.replace("_", " ").capitalize()


def noun(code: str, language: str, count: int = 1) -> str:
    """The name of a noun for so many of them; French says none of them in the singular."""
    term = _vocabulary().nouns.take(code)
    if count == 1 or (count == 0 and language == "fr"):
        return term.in_language(language)
    return in_language(term.trait("many", term.label), language)[0]


def kind(noun_code: str, code: str | None, language: str) -> str:
    return kind_among((noun_code,), code, language)


def kind_among(noun_codes: Sequence[str], code: str | None, language: str) -> str:
    """A kind in a list of several nouns, by the first of them that has it."""
    named = (_vocabulary().kinds.get(noun_code) for noun_code in noun_codes)
    return _label(next((terms for terms in named if terms is not None and code in terms), None), code, language)


def kinds_of(noun_code: str) -> tuple[str, ...]:
    """Every kind a record of a noun may be of."""
    return tuple(_vocabulary().kinds[noun_code].codes)


def kinds_by_family(noun_code: str, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every kind a record of a noun may be of, under the heading of its family, in the order of the headings."""
    families = _vocabulary().states[f"{noun_code}.family"]
    found: dict[str, list[tuple[str, str]]] = {code: [] for code in families.codes}
    for term in _vocabulary().kinds[noun_code]:
        found.setdefault(term.trait("family", "other"), []).append((term.code, term.in_language(language)))
    named = ((_label(families, code, language), pairs) for code, pairs in found.items() if pairs)
    return [(heading, sorted(pairs, key=lambda pair: sort_key(pair[1]))) for heading, pairs in named]


def state(noun_code: str, code: str | None, language: str) -> str:
    """A state, a stage, a status or a level, whichever this noun has."""
    return state_among((noun_code,), code, language)


def state_among(noun_codes: Sequence[str], code: str | None, language: str) -> str:
    """A state in a list of several nouns, by the first of them that has it."""
    states = _vocabulary().states
    named = (states[name] for noun_code in noun_codes for name in states if name.startswith(f"{noun_code}."))
    return _label(next((terms for terms in named if code in terms), None), code, language)


def of_group(noun_code: str, group: str, code: str | None, language: str) -> str:
    """A word of one named group of a noun: renewal, role, origin, speaks."""
    return _label(_vocabulary().states.get(f"{noun_code}.{group}"), code, language)


def target_group(code: str, language: str) -> str:
    return _label(_vocabulary().target_groups, code, language)


def discipline(code: str, language: str) -> str:
    return _label(_vocabulary().disciplines, code, language)


def theme(code: str, language: str) -> str:
    return _label(_vocabulary().themes, code, language)


def theme_mark(code: str) -> str:
    """The class that gives a theme its colour; a theme of the city's own may borrow one of the house's."""
    terms = _vocabulary().themes
    return str(terms.take(code).trait("token")) if code in terms else ""


def theme_notice(code: str, language: str) -> str:
    """What the pages of a theme say of whose task its subject is; empty where it is the city's own."""
    terms = _vocabulary().themes
    said = terms.take(code).trait("notice", {}) if code in terms else {}
    return in_language(said, language)[0] if said else ""


def themes() -> tuple[str, ...]:
    """The themes of the city, in their order."""
    return _vocabulary().themes.codes


def themes_called(words: str) -> tuple[str, ...]:
    """The themes one of whose words begins like this, in any language."""
    asked = fold(words)
    if len(asked) < SHORTEST_THEME:
        return ()
    said = ((term.code, fold(label)) for term in _vocabulary().themes for label in term.label.values())
    return tuple(dict.fromkeys(code for code, label in said if f" {label}".find(f" {asked}") >= 0))


def area(code: str, language: str) -> str:
    return _label(_vocabulary().areas, code, language)


def country(code: str, language: str) -> str:
    return _label(_vocabulary().countries, code, language)


def countries(language: str) -> list[tuple[str, str]]:
    """Every country by its name, as a reader of that language looks for it."""
    named = [(code, country(code, language)) for code in _vocabulary().countries.codes]
    return sorted(named, key=lambda pair: sort_key(pair[1], language))


def goal(code: str, language: str) -> str:
    """A sustainable development goal, by its number and its name."""
    return f"{code}. {_label(_vocabulary().sdg_goals, code, language)}"


def matter(code: str, language: str) -> str:
    """What a decision is about, in the nomenclature of acts."""
    return _label(_vocabulary().matters, code, language).capitalize()


def qualifier(code: str | None, language: str) -> str:
    return "" if code == "exact" else _label(_vocabulary().qualifiers, code, language).lower()


def amount_kind(code: str | None, language: str) -> str:
    return _label(_vocabulary().amount_kinds, code, language)


def unit(code: str, count: Any, language: str) -> str:
    """A unit in the singular or the plural the number asks for. French says 1.5 million in the singular."""
    units = _vocabulary().units
    if code not in units:
        return _label(units, code, language).lower()
    term = units.take(code)
    one = abs(count) < 2 if language in ("fr", "pt") else abs(count) == 1
    return in_language(term.trait("one", term.label) or term.label, language)[0] if one else term.in_language(language)


def measure(code: str | None) -> str:
    """How a number of this unit is written: count, percent, rank or money."""
    units = _vocabulary().units
    return units.take(code).trait("measure", "count") or "count" if code and code in units else "count"


#: A state is always an icon and a word; the colour repeats it.
_LOOKS = {
    "good": (
        "check",
        (
            "kept",
            "in_force",
            "signed",
            "proven",
            "awarded",
            "held",
            "hosted",
            "won",
            "member",
            "adopted",
            "followed",
            "answered",
            "running",
            "renewed",
            "declared",
        ),
    ),
    "accent": (
        "speech",
        ("claimed_kept", "claimed", "said", "listed", "voted", "signatory", "selected", "observer"),
    ),
    "honey": ("clock", ("deadline_passed", "disputed", "suspended", "open")),
    "bad": ("cross", ("not_kept",)),
    "": (
        "clock",
        (
            "planned",
            "announced",
            "in_progress",
            "in_preparation",
            "study",
            "idea",
            "decided",
            "prospect",
            "draft",
            "wished",
            "candidate",
            "proposed",
            "expected",
            "under_way",
            "promising",
            "asked",
            "contact",
            "watch",
        ),
    ),
}
_LOOK_OF = {code: (tone, icon) for tone, (icon, codes) in _LOOKS.items() for code in codes}
#: States that speak of something still to come on the day they were written.
TO_COME = frozenset(_LOOKS[""][1])


def pill(noun_code: str, code: str | None, language: str) -> dict[str, str] | None:
    """A state as it is shown: icon, word, tone."""
    if not code:
        return None
    tone, icon = _LOOK_OF.get(code, ("", "ring"))
    return {"icon": icon, "tone": tone, "word": state(noun_code, code, language)}


def no_later_source() -> dict[str, str]:
    return {"icon": "clock", "tone": "honey", "word": _("Announced, no later source")}


def mark_standing(standing: str) -> dict[str, str]:
    """Whether the mark of a label is held, has ended, or nobody says until when."""
    said = {
        "held": ("check", "good", _("Held")),
        "to_come": ("clock", "honey", _("To come")),
        "ended": ("ring", "", _("Ended")),
        "removed": ("cross", "bad", _("Taken away")),
    }
    icon, tone, word = said.get(standing, ("ring", "", _("End not known")))
    return {"icon": icon, "tone": tone, "word": word}


def claimed_by(who: str) -> dict[str, str]:
    return {
        "icon": "speech",
        "tone": "accent",
        "word": _("Claimed by: %(who)s") % {"who": who} if who else _("Claimed"),
    }
