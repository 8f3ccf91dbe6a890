"""Nothing secret is kept: not even what a target repeats of a request, or a sandbox gives out for its worlds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeVar

from contract_tests.exchange import MASK

SHORTEST: Final = 6  # what is shorter is no secret, and may be a part of any word
_GIVEN_OUT: Final = re.compile(r'((?:\\*")token(?:\\*")\s*:\s*\\*")[^"\\]+')
_BEARER: Final = re.compile(r"(Bearer )(?!\$ECF_TOKEN)[^\s'\"\\<,]+")

T = TypeVar("T")


def without(secrets: Iterable[str], node: T) -> T:
    """The same, with every secret masked wherever it stands, and nothing that no file can hold."""
    found = sorted({secret for secret in secrets if len(secret) >= SHORTEST}, key=len, reverse=True)
    return _without(found, node)


def _without(secrets: list[str], node: T) -> T:
    if isinstance(node, dict):
        return {name: _without(secrets, value) for name, value in node.items()}  # type: ignore[return-value]
    if isinstance(node, list):
        return [_without(secrets, item) for item in node]  # type: ignore[return-value]
    if isinstance(node, str):
        text: str = _BEARER.sub(rf"\1{MASK}", _GIVEN_OUT.sub(rf"\1{MASK}", node))
        for secret in secrets:
            text = text.replace(secret, MASK)
        return text.encode("utf-8", "backslashreplace").decode()  # type: ignore[return-value]
    return node
