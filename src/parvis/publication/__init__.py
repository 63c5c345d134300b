"""The gate: what the world may see is baked into a release, kept, and read."""
