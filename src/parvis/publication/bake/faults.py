"""Why a release cannot be made, in a sentence that names the place."""


class BakeFault(Exception):  # said as it is
    """The published tables cannot become a release. Nothing was changed."""
