"""The sheet every picture is drawn on: SVG, the room words take, the picture with its table."""
