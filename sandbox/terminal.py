"""The terminal that the command speaks to, which may not have every character."""

from __future__ import annotations

import io
import sys


def say_what_can_be_said() -> None:
    """Have a question mark stand where the terminal lacks a character, as an ASCII one does, rather than end there."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
