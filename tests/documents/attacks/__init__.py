"""Templates and files made to do harm, each with what the engine is to say, or the text that comes of it.

What each wrong file is called in the engine's own sentence is in ``test_engine_safety``; here are the attempts
that take cunning: code, bombs, packages and parts that lie, and everything that reaches outside.
"""

from .bulk import BULK
from .code import CODE
from .expressions import EXPRESSIONS
from .making import Attack
from .outside import OUTSIDE
from .packages import PACKAGES

GROUPS = {"code": CODE, "expressions": EXPRESSIONS, "bulk": BULK, "packages": PACKAGES, "outside": OUTSIDE}
ATTACKS: dict[str, Attack] = {f"{group}: {name}": each for group, all_ in GROUPS.items() for name, each in all_.items()}

__all__ = ["ATTACKS", "Attack"]
