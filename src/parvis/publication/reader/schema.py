"""What a release file is made of, known to the one who writes it and to those who read it."""

from __future__ import annotations

#: "PARV", so that no other SQLite file is taken for a release.
APPLICATION_ID = 0x50415256
#: Raised when the tables below change; an older file is then refused in one sentence.
FORMAT = 4
FILE = "site.sqlite"
LANGUAGES = ("fr", "en", "es", "pt")

#: Facets a list can be narrowed by, in the order they are shown. ``year`` counts the years a record begins in;
#: the last three hold keys of other records.
FACETS = ("kind", "state", "theme", "area", "country", "year", "fund", "body", "place")
KEY_FACETS = frozenset({"fund", "body", "place"})
#: What a record may have taken from the places it names.
WHERE_FACETS = ("country", "area")
#: For the nouns that have them, the roles under which a record names its fund, its body and its places.
TIED_FACETS: dict[str, dict[str, tuple[str, ...]]] = {
    "grant": {"fund": ("programme", "levy", "envelope", "crisis"), "body": ("beneficiary",), "place": ("place",)},
    "label": {"fund": ("programme", "call"), "body": ("holder",), "place": ("place",)},
    "project": {"place": ("place",)},
}
#: For the nouns that stand for a sum, the column it is read from and the one of its currency.
SUMMED = {"grant": ("amount_voted", "currency")}
#: Facets with which counts narrowed by one value are stored (years are a range, never one value).
NARROWING = ("kind", "state", "theme", "area", "country")

WORDS = (
    "CREATE TABLE word (id INTEGER PRIMARY KEY, term TEXT NOT NULL, counts BLOB NOT NULL, title BLOB NOT NULL,"
    " name BLOB NOT NULL, places BLOB NOT NULL) STRICT"
)
#: ``card`` is the row shown in lists, ready (``cards.py``), by its place in the order of ties;
#: ``doc`` is what a record says of itself, ``tied`` what its ties add; ``document`` is the two as one;
#: ``borne`` names the records of a noun that bear each value of a facet (``bearers.py``).
TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE record (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, noun TEXT NOT NULL, kind TEXT, state TEXT, country TEXT,
    lat REAL, lon REAL, from_day TEXT, to_day TEXT, valid_to TEXT, year_from INTEGER, year_to INTEGER,
    themes TEXT NOT NULL, title_fr TEXT, title_en TEXT, title_es TEXT, title_pt TEXT,
    updated TEXT, digest TEXT NOT NULL, doc INTEGER NOT NULL
) STRICT;
CREATE TABLE card (place INTEGER PRIMARY KEY, told TEXT NOT NULL) STRICT;
CREATE TABLE doc (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE tied (record_id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE VIEW document AS SELECT record.key, record.noun,
    substr(doc.body, 1, length(doc.body) - 1) || ',' || substr(tied.body, 2) AS json
    FROM record JOIN doc ON doc.id = record.doc JOIN tied ON tied.record_id = record.id;
CREATE TABLE spell (record_id INTEGER NOT NULL, position INTEGER NOT NULL, state TEXT NOT NULL,
    from_day TEXT, to_day TEXT, PRIMARY KEY (record_id, position)) STRICT, WITHOUT ROWID;
CREATE TABLE link (from_id INTEGER NOT NULL, to_id INTEGER NOT NULL, role TEXT NOT NULL,
    table_name TEXT NOT NULL, from_day TEXT, to_day TEXT, state TEXT) STRICT;
CREATE TABLE alias (folded TEXT NOT NULL, text TEXT NOT NULL, lang TEXT, kind TEXT NOT NULL,
    record_id INTEGER NOT NULL) STRICT;
CREATE TABLE facet (noun TEXT NOT NULL, scope TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL,
    n INTEGER NOT NULL, PRIMARY KEY (noun, scope, facet, value)) STRICT, WITHOUT ROWID;
CREATE TABLE borne (noun TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, positions BLOB NOT NULL,
    PRIMARY KEY (noun, facet, value)) STRICT, WITHOUT ROWID;
CREATE TABLE sum (noun TEXT PRIMARY KEY, sums BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE rank (name TEXT PRIMARY KEY, ranks BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE drawing (name TEXT NOT NULL, lang TEXT NOT NULL, svg TEXT NOT NULL, meta TEXT NOT NULL,
    PRIMARY KEY (name, lang)) STRICT, WITHOUT ROWID;
{WORDS};
CREATE VIRTUAL TABLE record_fts USING fts5(title, names, body, content='', tokenize='unicode61', prefix='3');
"""

INDEXES = """
CREATE UNIQUE INDEX record_by_key ON record (key);
CREATE INDEX record_by_kind ON record (noun, kind);
CREATE INDEX record_by_country ON record (noun, country);
CREATE INDEX link_out ON link (from_id);
CREATE INDEX link_in ON link (to_id);
CREATE INDEX alias_by_folded ON alias (folded);
CREATE INDEX alias_of_record ON alias (record_id);
CREATE UNIQUE INDEX word_by_term ON word (term);
"""
