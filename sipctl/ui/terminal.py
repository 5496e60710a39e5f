"""Is anybody there to ask? Apart from the asking itself, which is slow to load."""

import sys


def can_ask() -> bool:
    """Whether somebody sits there: questions go to stderr, replies come from stdin."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
