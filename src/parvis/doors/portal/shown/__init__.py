"""From what a release holds to what a page shows: small functions, no request and no template."""
