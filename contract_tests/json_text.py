"""JSON, read and written fast where it is plain, and as Python's own module does where it is odd."""

from __future__ import annotations

import json
from typing import Any

import msgspec

_read = msgspec.json.Decoder().decode
_written = msgspec.json.Encoder().encode


def from_json(text: str) -> Any:
    """What a text says. Raises ValueError, RecursionError where it is nested too deep."""
    try:
        return _read(text)
    except ValueError:  # NaN, halves of characters, or no JSON at all
        return json.loads(text)


def to_json(node: Any) -> str:
    """A text on one line, with nothing escaped that need not be. What is no number in it becomes null."""
    try:
        return _written(node).decode()
    except (ValueError, TypeError):  # halves of characters, numbers beyond 64 bits
        return json.dumps(node, ensure_ascii=False, separators=(",", ":"))
