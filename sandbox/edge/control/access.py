"""Who may use the control API: whoever has its token, or, when it has none, whoever is on the same machine."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from sandbox.edge.control.asked import Declined
from sandbox.rules.access import token_in


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
    """True for a request that comes from the machine it is answered on, or that never left the process."""
    client = scope.get("client")
    if client is None:
        return True
    try:
        return ip_address(client[0]).is_loopback
    except ValueError:
        return False
