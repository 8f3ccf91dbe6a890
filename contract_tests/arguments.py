"""What people write on a command line, understood. Each raises ValueError with a sentence; none repeats a secret."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE: Final = re.compile(r"[\x20-\x7e\t]*")
_UNITS: Final = {"s": 1, "m": 60, "h": 3600}
_TRUTHS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}
COVERED: Final = ("rules", "operations", "scenarios")


def address(text: str) -> str:
    """The address of a deployment, without a slash at its end."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"{text!r} is no address: write it as https://host or http://host:port") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"{text!r} is no address: write it as https://host or http://host:port")
    if parts.username is not None:
        raise ValueError("an address must hold no password: give the token as --token or $ECF_TOKEN")
    if parts.query or parts.fragment or re.search(r"/api/v\d", parts.path):
        raise ValueError(f"{text!r} is more than an address: leave out what follows the host, such as /api/v3")
    return text.rstrip("/")


def header(text: str) -> tuple[str, str]:
    """A header written as `Name: value`."""
    name, colon, value = text.partition(":")
    name, value = name.strip(), value.strip()
    if not colon or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        raise ValueError("write a header as 'Name: value', in ASCII and on one line")
    if name.lower() == "authorization":
        raise ValueError("give the token as --token or $ECF_TOKEN, not as a header")
    return name, value


def token(text: str) -> str:
    """A token as a header can carry it."""
    if not text or not _VALUE.fullmatch(text) or re.search(r"\s", text):
        raise ValueError("a token is ASCII without spaces: this one is empty, or has other characters")
    return text


def rate(text: str) -> float:
    """So many requests a second: 3/s, 100/m, 1000/h."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(?:/([smh]))?", text)
    if found is None or float(found[1]) == 0:
        raise ValueError(f"{text!r} is no rate: write it as 3/s, 100/m or 1000/h")
    return float(found[1]) / _UNITS[found[2] or "s"]


def duration(text: str) -> float:
    """So many seconds: 90s, 10m, 1h."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", text)
    if found is None or float(found[1]) == 0:
        raise ValueError(f"{text!r} is no length of time: write it as 90s, 10m or 1h")
    return float(found[1]) * _UNITS[found[2] or "s"]


def number(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) == 0:
        raise ValueError(f"{text!r} is no number: give a whole one from 1")
    return int(text)


def truth(text: str) -> bool:
    """Whether a switch is on; off where nothing is said."""
    if text.strip().lower() not in _TRUTHS:
        raise ValueError(f"{text!r} is no answer: give true or false")
    return _TRUTHS[text.strip().lower()]


def names(text: str) -> tuple[str, ...]:
    """Names with commas between them."""
    return tuple(name for name in text.split(",") if name)


def coverage(text: str) -> dict[str, float]:
    """The least share of what a run could see, by its name: rules=90%,operations=100%."""
    found: dict[str, float] = {}
    for part in names(text):
        name, _, share = (each.strip() for each in part.partition("="))
        percent = re.fullmatch(r"(\d+(?:\.\d+)?)%", share)
        if name not in COVERED or percent is None or float(percent[1]) > 100:
            raise ValueError(f"{part!r} is no share of {' or '.join(COVERED)}: write it as rules=90%,operations=100%")
        found[name] = float(percent[1]) / 100
    return found
