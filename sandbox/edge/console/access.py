"""Who may use the console: whoever may use the control API. A browser shows it by a cookie that no script can read."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from sandbox.edge.control.access import Door
from sandbox.edge.control.request import Declined

COOKIE: Final = "ecf_sandbox_control"
_OWN: Final = frozenset({"same-origin", "none"})


async def admit(door: Door, request: Request) -> None:
    """Let a request in, as the control API would for all worlds: invitations are to that alone.

    Raises Declined, StoreProblem.
    """
    if await door.admit(bearing(request, control_token(request))) is not None:
        raise Declined(403, ("Forbidden", "An invitation is to worlds of your own through the control API, /sandbox/…"))


def is_from_elsewhere(request: Request) -> bool:
    """True for what a page of another site has a browser send: no form of this console stands there."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site not in _OWN
    return origin is not None and _host(origin) != request.headers.get("host", "").lower()


def control_token(request: Request) -> str | None:
    """The control token that a browser was given to keep, if it is one."""
    try:
        return urlsafe_b64decode(request.cookies.get(COOKIE, "").encode()).decode() or None
    except (Error, ValueError):
        return None


def keep(response: Response, request: Request, token: str) -> None:
    """Have a browser keep the token until it is closed, or until it signs out."""
    kept = urlsafe_b64encode(token.encode("utf-8", "replace")).decode()
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(COOKIE, kept, httponly=True, samesite="strict", secure=secure)


def forget(response: Response) -> None:
    """Have a browser forget the token."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


def bearing(request: Request, token: str | None) -> Scope:
    """A request as the control API would see it: with the token of its cookie, where it brings none itself.

    Who follows a link of another site opens a page and does nothing: that it is one does not count.
    """
    headers = list(request.scope["headers"])
    if request.method in ("GET", "HEAD") and request.headers.get("sec-fetch-mode") == "navigate":
        headers = [(name, value) for name, value in headers if name != b"sec-fetch-site"]
    if token is not None and "authorization" not in request.headers:
        headers.append((b"authorization", b"Bearer " + token.encode("latin-1", "replace")))
    return {**request.scope, "headers": headers}


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin.lower()).netloc
    except ValueError:
        return None
