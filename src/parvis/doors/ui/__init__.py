"""The shared look: tokens, templates, how numbers and dates are written. It knows no data."""
