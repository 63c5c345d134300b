"""How much a request may carry."""

MB = 1024 * 1024
#: The largest document the counter takes, and the largest request that may carry one.
LARGEST_DOCUMENT_MB = 20
LARGEST_REQUEST = (LARGEST_DOCUMENT_MB + 1) * MB
#: Words of a form are read up to the size of a document, so that a text that is too long is given back to its writer
#: with the sentence that says so; and more fields than the longest lists of a record fill.
MOST_WORDS, MOST_FIELDS = LARGEST_REQUEST, 60_000
