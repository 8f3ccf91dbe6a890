"""Anything that was sent, or that a rule saw, as JSON to be read: short, and without what only the sandbox needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

import msgspec

from sandbox.model import Record

UNSAID: Final = frozenset(
    {"request", "course_given", "evidence_choices", "evidence_kept", "email", "history", "created_at", "updated_at"}
)
DEEPEST: Final = 8
LONGEST: Final = 1000
_MORE: Final = "…"


def plain(value: Any, depth: int = 0) -> Any:
    """A value as JSON has it. What is too long or too deep to be read ends in an ellipsis."""
    match value:
        case None | bool() | int() | float() | date():
            return value
        case str():
            return value if len(value) <= LONGEST else value[:LONGEST] + _MORE
        case _ if depth == DEEPEST:
            return _MORE
        case Record():
            return _members({name: getattr(value, name) for name in value.__struct_fields__}, depth)
        case Mapping():
            some = list(value.items())[:LONGEST]
            return {plain(str(name)): plain(member, depth + 1) for name, member in some}
        case msgspec.Struct():
            names = [*value.__struct_fields__, *_properties(type(value))]
            return _members({name: getattr(value, name) for name in names}, depth)
        case _ if is_dataclass(value):
            names = [field.name for field in fields(value)] + _properties(type(value))
            return _members({name: getattr(value, name) for name in names}, depth)
    return [plain(item, depth + 1) for item in list(value)[:LONGEST]]


def _members(members: Mapping[str, Any], depth: int) -> dict[str, Any]:
    return {name: plain(member, depth + 1) for name, member in members.items() if name not in UNSAID}


def _properties(kind: type) -> list[str]:
    """What a kind of facts works out from what it was given."""
    return [name for name, member in vars(kind).items() if isinstance(member, property)]
