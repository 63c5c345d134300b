"""Settings by subject. ``parvis.config.office`` and ``parvis.config.public`` choose among them."""
