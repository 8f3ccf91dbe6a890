"""What is said on the next page of what was done: a browser brings it along in a cookie, and shows it once."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

COOKIE: Final = "ecf_sandbox_notice"
LARGEST: Final = 3600  # bytes; browsers keep 4096 with the name
INFLATED: Final = 64 << 10


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was done; `token` and `tokens` are told this once.

    `settled` is what fell due meanwhile: when, which event, the id of what it is about and how many declarations moved
    with it; `more` did not fit.
    """

    title: str
    text: str = ""
    token: str | None = None
    tokens: Sequence[tuple[str, str]] = ()
    settled: Sequence[tuple[datetime, str, str, int]] = ()
    more: int = 0


def leave(response: Response, path: str, notice: Notice) -> None:
    """Have it shown on the page at this path. Of what fell due, which may be much, as many as have room."""
    kept, count = _packed(notice), len(notice.settled)
    while len(kept) > LARGEST and count:
        count //= 2
        some = msgspec.structs.replace(
            notice, settled=notice.settled[:count], more=notice.more + len(notice.settled) - count
        )
        kept = _packed(some)
    if len(kept) <= LARGEST:
        response.set_cookie(_name(path), kept, max_age=60, path=path, httponly=True, samesite="strict")


def left(request: Request, path: str) -> Notice | None:
    """What is to be shown on the page at this path."""
    try:
        packed = urlsafe_b64decode(request.cookies.get(_name(path), "").encode())
        return msgspec.json.decode(zlib.decompressobj().decompress(packed, INFLATED), type=Notice)
    except (Error, ValueError, zlib.error):
        return None


def take(response: Response, path: str) -> None:
    """Have it shown no more."""
    response.delete_cookie(_name(path), path=path, httponly=True, samesite="strict")


def _name(path: str) -> str:
    """A name of its own for each page: what is kept for one is sent to all below it too."""
    return f"{COOKIE}_{zlib.crc32(path.encode()):08x}"


def _packed(notice: Notice) -> str:
    return urlsafe_b64encode(zlib.compress(msgspec.json.encode(notice), 9)).decode()
