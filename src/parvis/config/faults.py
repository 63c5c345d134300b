"""What stops a start, said in one sentence."""


class Fault(Exception):  # it is an answer to whoever typed the command
    """Something outside Parvis stands in the way. Its text is shown alone, without a traceback."""
