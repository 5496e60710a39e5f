"""The SIP process as data and pure functions: no I/O, no clock, no SQL, no printing."""
