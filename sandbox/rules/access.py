"""Who may ask."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from sandbox.model import ApiToken
from sandbox.rules.rule import rule

_AUTHORIZATION: Final = re.compile(r"(?:Bearer|Token)\s+(\S.*)")
_SIGNS: Final = re.compile(r"[=\",;\t]")
_OPTIONS: Final = re.compile(r"\s*[,;\t]\s*")


@rule("auth.token-required")
@lru_cache(128)
def token_in(authorization: str | None) -> str | None:
    """The token in an `Authorization` header, `Bearer <token>`; None when there is none.

    As the service does, it takes the word `Token` too, and only with these capitals.
    """
    match = _AUTHORIZATION.fullmatch(authorization.strip()) if authorization else None
    return match[1] if match else None


@lru_cache(128)
def named_token_in(authorization: str | None) -> str | None:
    """The token in an `Authorization` header that may name it, with options after it: `Token token="…", nonce="…"`.

    So one service reads it, and so the world is found that a token opens, before its own way of reading is known.
    """
    rest = token_in(authorization)
    if rest is None or _SIGNS.search(rest) is None:
        return rest
    options = _OPTIONS.search(rest)
    first = rest[: options.start()] if options else rest
    return first.removeprefix("token=").removeprefix('"').removesuffix('"') or None


def is_accepted(token: ApiToken | None) -> bool:
    """True for a token that is known and not revoked (auth.token-required)."""
    return token is not None and token.revoked_at is None
