"""Who may use the control API: whoever has its token, or, when it has none, whoever is on the same machine.

Beside them whoever bears the token of an invitation, and those only for the worlds that they made.
"""

from __future__ import annotations

import hmac
import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from sandbox.edge.control.request import Declined
from sandbox.rules.access import token_in
from sandbox.worlds.invitations import PREFIX, Invitation, Invitations
from sandbox.worlds.world import hashed

HERE: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PASSED_ON: Final = re.compile(r"forwarded|via|x-forwarded.*|x-original-.*|x-real-ip|.*-(?:client|connecting)-ip")
_HOST: Final = re.compile(r"(\[[^\[\]]*\]|[^:]*)(?::[0-9]*)?")
_OWN_PAGES: Final = frozenset({"same-origin", "none"})


class Door:
    """Lets requests in. `host` is what the server was told to listen on, by which its own machine may call it."""

    def __init__(self, token: str | None, host: str | None, invitations: Invitations) -> None:
        self._token = token
        self._invitations = invitations
        self._names = HERE | ({_as_named(host)} if host else set())

    async def admit(self, scope: Scope) -> Invitation | None:
        """Let a request in; by which invitation, or None where it may ask for everything.

        Raises Declined, StoreProblem.
        """
        given = token_in(Headers(scope=scope).get("authorization"))
        if given is not None and given.startswith(PREFIX):
            return await self._invited(given)
        if self._token is not None:
            _ask_for(self._token, scope)
        elif not (_is_near(scope) and self._is_meant_for_this(scope)):
            raise Declined(
                403, ("Forbidden", "Without --control-token only the sandbox's own machine may use the control API.")
            )
        return None

    async def _invited(self, token: str) -> Invitation:
        """The invitation that has this token: whoever bears a wrong one is let in nowhere.

        Raises Declined, StoreProblem.
        """
        invitation = await self._invitations.of(hashed(token))
        if invitation is None:
            raise Declined(401, ("Unauthorised", "This invitation is not known here, or has been revoked."))
        return invitation

    def _is_meant_for_this(self, scope: Scope) -> bool:
        """True for what names this server as its own machine does, and was sent by none but its own pages.

        What a proxy passes on comes from elsewhere, and so does what a page of another site has a browser send: be it
        by this server's name, or by one of its own that it has turned towards this machine.
        """
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or any(_PASSED_ON.fullmatch(name) for name in headers.keys()):  # noqa: SIM118  # a list
            return False
        named = _HOST.fullmatch(hosts[0].lower())
        return (
            named is not None
            and named[1] in self._names
            and all(
                origin.lower() == f"{scope.get('scheme', 'http')}://{hosts[0].lower()}"
                for origin in headers.getlist("origin")
            )
            and all(site in _OWN_PAGES for site in headers.getlist("sec-fetch-site"))
        )


def _ask_for(token: str, scope: Scope) -> None:
    """Let in who has the token. Raises Declined."""
    given = token_in(Headers(scope=scope).get("authorization"))
    if given is None or not hmac.compare_digest(given.encode("latin-1", "replace"), token.encode()):
        raise Declined(
            401, ("Unauthorised", "Send `Authorization: Bearer <token>` with the sandbox's own --control-token.")
        )


def _is_near(scope: Scope) -> bool:
    """True for a request that comes from the machine it is answered on, or that never left the process."""
    client, server = scope.get("client"), scope.get("server")
    if client is None:
        return True
    at = _address(client[0])
    return at is not None and (at.is_loopback or (server is not None and at == _address(server[0])))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address; one of IPv4 that came over IPv6 is one of IPv4."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _as_named(host: str) -> str:
    """How requests name a host that a server listens on."""
    return f"[{host}]".lower() if ":" in host else host.lower()
