"""sipctl: local-first toolkit for coordinators of samordnad individuell plan (SIP)."""

__version__ = "0.1.0"
