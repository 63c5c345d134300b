"""The register of sourced facts: who says what about the world, when it held, when we learned it."""
