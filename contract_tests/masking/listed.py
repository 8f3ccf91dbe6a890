"""Lists that a target answers with, record by record: most are told again and again, word for word."""

from __future__ import annotations

from typing import Final

import msgspec


class _Listed(msgspec.Struct, forbid_unknown_fields=True):
    data: list[msgspec.Raw]


_read: Final = msgspec.json.Decoder(_Listed).decode


def records_of(said: str) -> list[str] | None:
    """The records of a list, each as it is written; None of whatever is not just a list."""
    try:
        return [bytes(record).decode() for record in _read(said).data]
    except ValueError:
        return None


def listed(records: list[str]) -> str:
    """The list of these again."""
    return f'{{"data": [{", ".join(records)}]}}'
