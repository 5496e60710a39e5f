"""Row ids. Apart from the tables, so that plain SQL can mint one without loading them."""

import time

_last_id = 0


def new_id() -> int:
    """A row id that is known before the row is written and keeps the order of making.

    Microseconds since 1970, strictly rising within a process: children can point to their
    parent before either is saved, and rows from two machines do not share ids in practice
    (a clash would be a refused insert, never a silent merge). Stays below 2**53 so that JSON
    readers do not round it.
    """
    global _last_id
    _last_id = max(_last_id + 1, time.time_ns() // 1000)
    return _last_id
