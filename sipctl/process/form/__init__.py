"""The form engine: what is asked, when, and whether the answers hold.

``question`` has the types, ``answers`` everything that is done with them; the rest is behind those two.
"""

from sipctl.process.form.question import Answers, Choice, Form, Kind, Prefer, Q

__all__ = ["Answers", "Choice", "Form", "Kind", "Prefer", "Q"]
