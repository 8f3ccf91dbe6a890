"""What a sandbox says when it is ready."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from sandbox import __version__
from sandbox.edition import Edition

if TYPE_CHECKING:
    from sandbox.worlds.worlds import Worlds


def banner(address: tuple[Any, ...], worlds: Worlds, *, shared: bool = False) -> str:
    """Where to ask, as whom, what day it is there, a first request to try, and what it does wrongly on purpose.

    `shared` data are those of a database, which has to be named to reset it.
    """
    now, world = worlds.main.now(), worlds.main.record
    host, port = _reached_at(address[0]), address[1]
    again = "with the same --store: ecf-sandbox reset" if shared else "with: ecf-sandbox reset"
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    (_, main), *others = worlds.standing.items()
    known = _tokens(main)
    accepted = [token for token in known.values() if worlds.main.provider(token) is not None]
    accepted += [token for _, edition in others for token in _tokens(edition).values()]
    lines = [
        f"ecf-sandbox {__version__} is ready.",
        "",
        *_loud("THIS SANDBOX IS WRONG ON PURPOSE. Its defects:", [defect.name for defect in worlds.main.defects]),
        *_loud(
            "OTHERS MAY REACH THIS, with tokens that everybody knows. POST /sandbox/tokens/revoke ends one:",
            [] if _is_loopback(address[0]) else accepted,
        ),
        *(f"  {base}/api/{version}" for version in main.versions),
        f"  {base}/         the console: look at worlds, move the clock, act as schools and the DfE",
        f"  {base}/docs     the documents, to read and to try",
        f"  {base}/docs/guide/  the guide: where to begin, and what goes wrong on the way",
        "",
        *_columns(known),
        "",
        f"  It is {day(now)} in the scenario {world.scenario!r} (behaviour: {world.behaviour}).",
        "",
        *(line for id, edition in others for line in _beside(base, id, edition, "" if shared else ", in memory only")),
        "Try:",
        f"  curl -g -H 'Authorization: Bearer {next(iter(known.values()), '')}' "
        f"'{base}/api/v3/{_people(main)}?page[per_page]=1'",
        "",
        f"Stop with Ctrl-C; what you did is kept. Bring the seed data back {again}",
    ]
    return "\n".join(lines)


def day(moment: datetime) -> str:
    """A moment, to be read."""
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M} UTC"  # not every system can leave out a leading zero


def _beside(base: str, id: str, edition: Edition, where: str) -> Iterator[str]:
    """A world that is there besides the main one."""
    paths = ", ".join(f"{base}/api/{version}" for version in edition.versions)
    yield f"  Beside it, the edition {id} with tokens of its own{where}: {paths}"
    yield ""
    yield from _columns(_tokens(edition))
    yield ""


def _tokens(edition: Edition) -> Mapping[str, str]:
    return edition.tokens() if edition.tokens is not None else {}


def _columns(known: Mapping[str, str]) -> Iterator[str]:
    widest = max(map(len, known), default=0)
    return (f"  {name.ljust(widest)}  {token}" for name, token in known.items())


def _people(edition: Edition) -> str:
    """Where v3 lists people: ECF still says for which programme."""
    return "participants" if edition.own else "participants/ecf"


def _reached_at(host: str) -> str:
    """Where this machine reaches what listens on an address, or on all."""
    if host == "::" and not socket.has_dualstack_ipv6():
        return "::1"
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host


def _is_loopback(host: str) -> bool:
    return ip_address(host.partition("%")[0]).is_loopback


def _loud(title: str, items: Sequence[str]) -> list[str]:
    """A warning about these; nothing without them."""
    rule = "!" * 72
    return [rule, f"!! {title}", *(f"!!   {item}" for item in items), rule, ""] if items else []
