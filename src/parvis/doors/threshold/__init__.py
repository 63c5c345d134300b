"""The threshold: what desk and counter share, as whoever comes in by either has an account and the public has none."""
