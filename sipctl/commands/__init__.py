"""One thin file per group of commands: parse → task → show. The table of them is ``table.py``."""
