"""Lists of twinned towns, as Wikidata and others give them: two towns a row, each with where it is."""
