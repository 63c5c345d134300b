"""The register of sourced facts: what anyone says about the world, when it held, when we learned it, from whom."""
