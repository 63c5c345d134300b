"""The sheet every picture is drawn on: elements of SVG, the room words take, and the picture with its table."""
