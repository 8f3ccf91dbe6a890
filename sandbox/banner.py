"""What a sandbox says when it is ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sandbox import __version__
from sandbox.edition import Edition
from sandbox.model import World


def banner(
    address: tuple[Any, ...],
    now: datetime,
    world: World,
    standing: Mapping[str, Edition],
    defects: Sequence[str] = (),
    *,
    shared: bool = False,
) -> str:
    """Where to ask, as whom, what day it is there, a first request to try, and what it does wrongly on purpose.

    `standing` are the worlds that are there from the beginning, the main one first, each with its edition. `shared`
    data are those of a database, which has to be named to reset it.
    """
    host, port = ("127.0.0.1" if address[0] in ("0.0.0.0", "::") else address[0]), address[1]
    again = "with the same --store: ecf-sandbox reset" if shared else "with: ecf-sandbox reset"
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    (_, main), *others = standing.items()
    known = _tokens(main)
    lines = [
        f"ecf-sandbox {__version__} is ready.",
        "",
        *_warning(defects),
        *(f"  {base}/api/{version}" for version in main.versions),
        f"  {base}/docs     the documents, to read and to try",
        "",
        *_columns(known),
        "",
        f"  It is {now:%A %-d %B %Y, %H:%M} UTC in the scenario {world.scenario!r} (behaviour: {world.behaviour}).",
        "",
        *(line for id, edition in others for line in _beside(base, id, edition)),
        "Try:",
        f"  curl -g -H 'Authorization: Bearer {next(iter(known.values()), '')}' "
        f"'{base}/api/v3/{_people(main)}?page[per_page]=1'",
        "",
        f"Stop with Ctrl-C; what you did is kept. Bring the seed data back {again}",
    ]
    return "\n".join(lines)


def _beside(base: str, id: str, edition: Edition) -> Iterator[str]:
    """A world that is there besides the main one."""
    paths = ", ".join(f"{base}/api/{version}" for version in edition.versions)
    yield f"  Beside it, the edition {id} with tokens of its own, in memory only: {paths}"
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


def _warning(defects: Sequence[str]) -> list[str]:
    if not defects:
        return []
    rule = "!" * 72
    return [rule, "!! THIS SANDBOX IS WRONG ON PURPOSE. Its defects:", *(f"!!   {name}" for name in defects), rule, ""]
