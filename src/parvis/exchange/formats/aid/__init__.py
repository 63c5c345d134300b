"""The yearly declaration of a French authority's aid, in a layout of our own: the State's form has none in the open."""
