"""Who may use the control API: whoever has its token, or, when it has none, whoever is on the same machine."""

from __future__ import annotations

import hmac
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from sandbox.edge.control.request import Declined
from sandbox.rules.access import token_in

PASSED_ON: Final = frozenset({"forwarded", "x-forwarded-for", "x-real-ip"})


def admit(scope: Scope, token: str | None) -> None:
    """Let a request in. Raises Declined."""
    if token is None:
        if not is_near(scope):
            raise Declined(
                403, ("Forbidden", "Without --control-token only the sandbox's own machine may use the control API.")
            )
        return
    given = token_in(Headers(scope=scope).get("authorization"))
    if given is None or not hmac.compare_digest(given.encode("latin-1", "replace"), token.encode()):
        raise Declined(
            401, ("Unauthorised", "Send `Authorization: Bearer <token>` with the sandbox's own --control-token.")
        )


def is_near(scope: Scope) -> bool:
    """True for a request that comes from the machine it is answered on, or that never left the process.

    What a proxy there passes on comes from elsewhere, and so does what a page of another site has a browser send.
    """
    headers, client = Headers(scope=scope), scope.get("client")
    if PASSED_ON & set(headers.keys()) or _is_of_another_site(headers):
        return False
    if client is None:
        return True
    try:
        return ip_address(client[0]).is_loopback
    except ValueError:
        return False


def _is_of_another_site(headers: Headers) -> bool:
    """True for what a browser sends from a page that this server did not serve."""
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
