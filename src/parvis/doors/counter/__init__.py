"""The counter: where bodies ask for a grant. Their account, their documents, their files, and what became of them."""
