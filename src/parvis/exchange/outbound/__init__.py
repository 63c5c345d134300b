"""Published tables become the files others ask for: one record, every declaration. The register is never read here."""
