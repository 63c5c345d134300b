"""What is asked in a benchmark: the same records, lists and words of both sides."""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import urlencode

from bench.synthetic import COMMON, KINDS, STATES, SyntheticCity
from parvis.publication.reader.search import words_to_match

HOW_MANY = 4000
_SQL = (
    "select record.key, record.noun, record.title_fr, record.country, record.from_day from record_fts"
    " join record on record.id = record_fts.rowid where record_fts match :q order by rank limit 20"
)
Paths = list[str]


class Asked:
    """Addresses for our side, for Datasette's, and for pages."""

    def __init__(self, city: SyntheticCity, countries: list[str], seed: int = 7) -> None:
        self._city = city
        self._chance = random.Random(seed)
        self._countries = countries

    def _many(self, make: Callable[[], tuple[str, str]]) -> tuple[Paths, Paths]:
        pairs = [make() for _ in range(HOW_MANY)]
        return [ours for ours, _ in pairs], [theirs for _, theirs in pairs]

    def records(self) -> tuple[Paths, Paths]:
        return self._many(self._record)

    def _record(self) -> tuple[str, str]:
        """A record: ours by its key, theirs by the number of its row (their quickest way)."""
        total = sum(self._city.counts.values())
        noun = self._chance.choices(list(self._city.counts), list(self._city.counts.values()))[0]
        key = self._city.key(noun, self._chance.randrange(self._city.counts[noun]))
        return f"/id/{key}.json", f"/site/doc/{self._chance.randrange(1, total + 1)}.json?_shape=array"

    def lists(self) -> tuple[Paths, Paths]:
        """A list of 100 narrowed by one value, with counts: stored in the release on our side."""
        return self._many(self._list)

    def _list(self) -> tuple[str, str]:
        word, noun = self._chance.choice((("accords", "agreement"), ("projets", "project"), ("agenda", "event")))
        name, values = self._chance.choice((("kind", KINDS[noun]), ("state", STATES[noun])))
        value = self._chance.choice(values)
        theirs = [("noun", noun), (name, value), *_PLAIN, ("_facet", "kind"), ("_facet", "state")]
        return f"/fr/{word}.json?{name}={value}", f"/site/record.json?{urlencode(theirs)}"

    def narrowed_lists(self) -> tuple[Paths, Paths]:
        """A list of 100 narrowed by two values: counted at once on both sides."""
        return self._many(self._narrowed_list)

    def _narrowed_list(self) -> tuple[str, str]:
        word, noun = self._chance.choice((("accords", "agreement"), ("projets", "project"), ("agenda", "event")))
        kind, state = self._chance.choice(KINDS[noun]), self._chance.choice(STATES[noun])
        theirs = [("noun", noun), ("kind", kind), ("state", state), *_PLAIN, ("_facet", "country"), ("_facet", "kind")]
        return f"/fr/{word}.json?kind={kind}&state={state}", f"/site/record.json?{urlencode(theirs)}"

    def searches(self) -> tuple[Paths, Paths]:
        return self._many(self._search)

    def _words(self) -> str:
        """A rare word of the city's texts, one time in three with a common one."""
        rare = self._chance.choice(self._city.pool)
        while rare in COMMON:
            rare = self._chance.choice(self._city.pool)
        return f"{self._chance.choice(COMMON)} {rare}" if self._chance.random() < 1 / 3 else rare

    def _search(self) -> tuple[str, str]:
        words = self._words()
        theirs = urlencode({"sql": _SQL, "q": words_to_match(words), "_shape": "array"})
        return f"/fr/recherche.json?{urlencode({'q': words})}", f"/site.json?{theirs}"

    # -- pages

    def partner_pages(self) -> Paths:
        numbers = (self._chance.randrange(self._city.counts["place"]) for _ in range(HOW_MANY))
        return [f"/fr/partenaires/{self._city.key('place', number)}" for number in numbers]

    def list_pages(self) -> Paths:
        return [self._list_page() for _ in range(HOW_MANY)]

    def _list_page(self) -> str:
        ours, _ = self._list()
        page = self._chance.choice(("", "", "&page=2", "&page=9"))
        return ours.replace(".json", "") + page

    def search_pages(self) -> Paths:
        return [f"/fr/recherche?{urlencode({'q': self._words()})}" for _ in range(HOW_MANY)]


_PLAIN = (("_size", "100"), ("_shape", "objects"), ("_nocount", "1"), ("_nosuggest", "1"))
