"""Personal data and tokens, left out of what is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

HIDDEN: Final = "***"
_NAMED: Final = re.compile(r"name|e-?mail|trn|teacher_reference|token|authori[sz]ation|api_?key|secret|password", re.I)
_SECRET: Final = re.compile(r"token|authori[sz]ation|api_?key|bearer|secret|password", re.I)
_SAFE_NAMES: Final = re.compile(r"updated_since|declaration|cohort|page|sort|status|schedule|course", re.I)
_PERSONAL: Final = re.compile(
    r"[^\s@,;=&]+@[^\s@,;=&]+|(?<![\w-])\d{7}(?![\w-])|\b(?:Bearer|Token)\s+\S+|[\w.-]+-token\b"
)
_LONGEST: Final = 300


def masked(value: Any) -> Any:
    """A value of a body, without what may be somebody's."""
    match value:
        case Mapping():
            return {str(name)[:100]: _member(str(name), inner) for name, inner in list(value.items())[:50]}
        case list() | tuple():
            return [masked(inner) for inner in value[:50]]
        case str():
            return masked_text(value)
    return value


def masked_text(text: str) -> str:
    """A text, without addresses, teacher reference numbers and tokens."""
    return _PERSONAL.sub(HIDDEN, text[:_LONGEST])


def masked_query(query_string: bytes) -> str:
    """A query string, without them."""
    members = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True, errors="replace")[:50]
    return urlencode([(masked_text(name), _member(name, value)) for name, value in members], safe="[]:,*")


def is_named_secret(name: str) -> bool:
    """True for the name of something that no URL should hold."""
    return _SECRET.search(name) is not None


def _member(name: str, value: Any) -> Any:
    if _NAMED.search(name) and not _SAFE_NAMES.search(name):
        return HIDDEN
    return masked(value)
