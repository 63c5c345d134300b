"""360Giving, the standard of grant makers: a package of grants as JSON, and the same as one flat table."""
