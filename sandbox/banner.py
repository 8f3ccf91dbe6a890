"""What a sandbox says when it is ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sandbox import __version__
from sandbox.model import World
from sandbox.seeding.tokens import tokens

VERSIONS: Final = ("v1", "v2", "v3")


def banner(
    address: tuple[Any, ...], now: datetime, world: World, defects: Sequence[str] = (), *, shared: bool = False
) -> str:
    """Where to ask, as whom, what day it is there, a first request to try, and what it does wrongly on purpose.

    `shared` data are those of a database, which has to be named to reset it.
    """
    host, port = ("127.0.0.1" if address[0] in ("0.0.0.0", "::") else address[0]), address[1]
    again = "with the same --store: ecf-sandbox reset" if shared else "with: ecf-sandbox reset"
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    known: Mapping[str, str] = tokens()
    widest = max(map(len, known))
    lines = [
        f"ecf-sandbox {__version__} is ready.",
        "",
        *_warning(defects),
        *(f"  {base}/api/{version}" for version in VERSIONS),
        f"  {base}/docs     the documents, to read and to try",
        "",
        *(f"  {name.ljust(widest)}  {token}" for name, token in known.items()),
        "",
        f"  It is {now:%A %-d %B %Y, %H:%M} UTC in the scenario {world.scenario!r} (behaviour: {world.behaviour}).",
        "",
        "Try:",
        f"  curl -g -H 'Authorization: Bearer {next(iter(known.values()))}' "
        f"'{base}/api/v3/participants/ecf?page[per_page]=1'",
        "",
        f"Stop with Ctrl-C; what you did is kept. Bring the seed data back {again}",
    ]
    return "\n".join(lines)


def _warning(defects: Sequence[str]) -> list[str]:
    if not defects:
        return []
    rule = "!" * 72
    return [rule, "!! THIS SANDBOX IS WRONG ON PURPOSE. Its defects:", *(f"!!   {name}" for name in defects), rule, ""]
