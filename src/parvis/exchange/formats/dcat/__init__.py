"""DCAT-AP 3, the catalogue of what is published, in Turtle, JSON-LD and RDF/XML."""
