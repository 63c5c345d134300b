"""May a body ask under a call? The rules run one by one, each with its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.foundation.vocabulary.vocabulary import of_the_house


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule of a call, whether a body meets it, and the sentence. None: it cannot be told from what is known."""

    rule: str
    met: bool | None
    sentence: str


def verdicts(
    terms: Mapping[str, Any], *, kind: str, country: str, founded: int | None, year: int, kinds: Mapping[str, str]
) -> list[Verdict]:
    """Every rule the call states, applied to a body. ``kinds`` are the labels of kinds of bodies."""
    found = []
    wanted: Sequence[str] = terms.get("applicants") or ()
    if wanted:
        named = ", ".join(kinds.get(code, code) for code in wanted)
        met = kind in wanted
        sentence = _("This call is for: %(kinds)s.") % {"kinds": named}
        found.append(Verdict("applicants", met, sentence))
    if seat := terms.get("seat_country"):
        named = of_the_house().countries.label(seat, (get_language() or "fr")[:2])
        sentence = _("The body has its seat in %(country)s.") % {"country": named}
        found.append(Verdict("seat", country == seat if country else None, sentence))
    if least := terms.get("least_years"):
        sentence = _("The body exists for %(years)s years at least.") % {"years": least}
        found.append(Verdict("years", None if founded is None else year - founded >= least, sentence))
    return found


def is_refused(found: Sequence[Verdict]) -> bool:
    return any(verdict.met is False for verdict in found)
