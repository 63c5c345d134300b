"""What was done, by whom, when, about which record: append-only, sealed into a chain of digests."""
