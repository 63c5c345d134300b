"""Tables drawn with bars, so that a test can be checked by eye."""


def drawn(text):
    """Rows of a table written as ``name | name`` then ``value | value``; an empty cell is unknown."""
    head, *lines = [line for line in text.strip().splitlines() if line.strip()]
    names = [name.strip() for name in head.split("|")]
    rows = [[cell.strip() or None for cell in line.split("|")] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]
