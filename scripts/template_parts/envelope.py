"""Where a window envelope shows the recipient's address, in centimetres on A4.

Swedish envelopes have the window at one of two places, at the left (V2) or at the right (H2); authorities use
the right one. Published by makers of envelopes and writers of letter rules: windows of E65, C65, C5 and C4 are
3–4 cm high, 3.9–4.4 cm from the top, and the recipient stands 9.2 cm from the left margin, from the seventh line.
That they are 9.5 cm wide, and sit as high at the right as at the left, is our assumption. The standard's own text
was not at hand, so the boxes are our choice: one tries them with one's own envelopes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the page; its edges from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float


WINDOW = Box(11.5, 4.1, 19.5, 6.45)
"""Seen in all these envelopes when the letter lies in their middle: five lines of address fit."""

NEAR = Box(10.0, 1.5, 21.0, 8.2)
"""What a window may show when the letter slides in its envelope: nothing but the address stands here."""

MARGIN = 2.3
"""A letter's left margin."""

COLUMN = NEAR.left - MARGIN
"""How wide the column beside the window is."""

SENDER_TOP, SENDER_WIDTH = 2.0, 16.4
"""The sender's frame goes from margin to margin, so that the letter's text does not begin beside it."""
