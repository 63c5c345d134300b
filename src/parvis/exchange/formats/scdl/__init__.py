"""SCDL, the common data of French authorities: grants (subventions 2.1.1), council decisions (délibérations 2.1.5)."""
