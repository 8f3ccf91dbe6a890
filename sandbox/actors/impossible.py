"""What cannot be done, whoever asks."""

from __future__ import annotations


class Impossible(Exception):
    """A school or the DfE was asked to do what makes no sense as things stand; the message says why.

    Raising it ends the unit of work with nothing written. Providers meet rules instead (rules.rule.Refused).
    """
