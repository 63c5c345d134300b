"""A call played whole on real requests of 2013, so that anyone can try it, and so that a story can prove it."""
