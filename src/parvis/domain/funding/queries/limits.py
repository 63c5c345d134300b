"""The limits and delays that money obeys: those of the house, and over them those of the city's own file."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from parvis.domain.funding.models import Levy
from parvis.foundation.vocabulary import funding_rules
from parvis.foundation.vocabulary.funding_rules import FundingRule
from parvis.foundation.vocabulary.reading import read
from parvis.foundation.vocabulary.vocabulary import Vocabulary, load


def funding_rule(name: str, on: date) -> FundingRule:
    """The rule of that name on a day, as the city sets it or, where it does not, as the house does."""
    return funding_rules.funding_rule(name, on, city_folder() / "funding_rules.yaml")


def levy_limit(levy: Levy, on: date) -> FundingRule | None:
    """The share of its own resources that the law lets a levy of this kind give; none where no rule names its kind."""
    name = f"levy_{levy.subject.kind}"
    known = funding_rules.funding_rules(city_folder() / "funding_rules.yaml")
    return funding_rule(name, on) if name in known else None


def city_folder() -> Path:
    """Where the files stand that the city set itself up with."""
    return Path(settings.DATA_DIR) / settings.PARVIS_CITY


def city_vocabulary() -> Vocabulary:
    """The words the city chooses from."""
    return load(city_folder() / "vocabulary.yaml")


def city_currency() -> str:
    """The currency the city gives in, as its ``city.yaml`` says; the euro where it says nothing."""
    return _currency_in(city_folder() / "city.yaml")


def own_body() -> str:
    """The key of the body that acts for the city, as its ``city.yaml`` names it; empty where it names none."""
    file = city_folder() / "city.yaml"
    return str(_told_in(file).get("the_city") or "")


def own_domains() -> frozenset[str]:
    """Domains of the city's own addresses, as its ``city.yaml`` states them; that of its contact where it states none.

    Nothing is guessed from the accounts there are: in a small office, two people of one association would be a crowd.
    """
    told = _told_in(city_folder() / "city.yaml")
    stated = told.get("email_domains")
    if stated is None:
        stated = [str((told.get("contact") or {}).get("mail") or "").rpartition("@")[2]]
    stated = [stated] if isinstance(stated, str) else stated
    return frozenset(domain for one in stated if (domain := str(one).strip().lstrip("@").casefold()))


@cache
def _told_in(file: Path) -> dict[str, Any]:
    return dict(read(file)) if file.exists() else {}


@cache
def _currency_in(file: Path) -> str:
    return str(read(file).get("currency") or "EUR") if file.exists() else "EUR"
