"""Signing in with the control token, where the sandbox has one."""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import Response

from sandbox.edge.console import access
from sandbox.edge.console.asking import Fault
from sandbox.edge.console.visit import Visit

_HERE: Final = re.compile(r"/[\w./%-]*", re.ASCII)
_TWICE: Final = "//"


async def show(visit: Visit) -> Response:
    """The form."""
    return visit.show("sign_in.html", next=_next(visit.query.get("next", "/")))


async def sign_in(visit: Visit) -> Response:
    """Have the browser keep the token, if it is the right one."""
    token, to = visit.sent("token"), _next(visit.sent("next"))
    if not await _is_accepted(visit, token):
        wrong = Fault("token", "This is not the token that the sandbox was started with (--control-token).")
        return visit.show("sign_in.html", 422, [wrong], next=to)
    response = visit.go(to)
    access.keep(response, visit.request, token)
    return response


async def sign_out(visit: Visit) -> Response:
    """Have it forget the token."""
    response = visit.go("/sign-in")
    access.forget(response)
    return response


async def _is_accepted(visit: Visit, token: str) -> bool:
    return token != "" and (await visit.asking.control(visit.request, "GET", "/worlds", bearer=token)).status != 401


def _next(path: str) -> str:
    """A page of this site to go on to, and no other."""
    return path if _HERE.fullmatch(path) and not path.startswith(_TWICE) else "/"
