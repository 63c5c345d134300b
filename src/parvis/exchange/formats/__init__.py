"""Pure codecs: text in, plain values out, with the place of each; no database, no framework."""
