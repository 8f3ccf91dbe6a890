"""`ecf-sandbox readiness`: whether the clients of a running sandbox have shown enough, for a build to go by."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox import options
from sandbox.command import Command, Option, Read
from sandbox.logs import printable

if TYPE_CHECKING:
    import httpx

BELOW: Final = 1
UNKNOWN: Final = 2
ALL: Final = "all"
SECONDS: Final = 30
Json = Mapping[str, Any]
Bar = Callable[[Json], bool]
"""Whether a report is above it."""


class NotFoundOut(Exception):
    """What a client has shown could not be found out, and why."""


def bar(text: str) -> Bar:
    """What is enough: all points that requests can decide, so many, a share such as 80%, or those that are named.

    Raises ValueError.
    """
    if text == ALL:
        return lambda report: bool(report["met"] >= report["of"])
    if text.isdecimal():
        return lambda report: bool(report["met"] >= int(text))
    if text.removesuffix("%").isdecimal():
        share = int(text.removesuffix("%"))
        return lambda report: bool(report["met"] * 100 >= share * report["of"])
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    if not wanted or any(not name.replace("-", "").isalpha() for name in wanted):
        raise ValueError(f"{text!r} is no bar: give all, a number, a share such as 80%, or ids of points")

    def names(report: Json) -> bool:
        states = {point["id"]: point["state"] for point in report["points"]}
        unknown = [name for name in wanted if name not in states]
        if unknown:
            raise NotFoundOut(f"There is no point {', '.join(unknown)}. There are: {', '.join(states)}.")
        return all(states[name] in ("met", "not applicable") for name in wanted)

    return names


@options.told_as_json
@click.command(
    "readiness",
    cls=Command,
    short_help="say what a client has shown, and whether it is enough",
    examples=(
        "ecf-sandbox readiness --bar 80%",
        "ecf-sandbox readiness --world ci-42 --provider northgate --bar errors,corrections,pages",
        "ecf-sandbox readiness --json --page readiness.html",
    ),
    params=[
        Option(
            "--url",
            default="http://127.0.0.1:8080",
            show_default=True,
            metavar="URL",
            help="where the sandbox is served",
        ),
        Option("--world", default="main", show_default=True, help="the world that the client has asked"),
        Option("--provider", metavar="NAME", help="only this lead provider, by id, name or first word of its name"),
        Option(
            "--bar",
            "bar_to_reach",
            type=Read("bar", bar),
            default=ALL,
            show_default=True,
            metavar="N|N%|ID,...",
            help="what is enough: all points, so many, a share, or those named",
        ),
        Option("--control-token", metavar="TOKEN", help="what the control API asks for, if it does"),
        Option("--page", type=click.Path(path_type=Path), metavar="FILE", help="keep the report as a page to hand on"),
    ],
)
def readiness_command(
    url: str,
    world: str,
    provider: str | None,
    bar_to_reach: Bar | str,
    control_token: str | None,
    page: Path | None,
    as_json: bool,
) -> int:
    """Say what the clients of a running sandbox have shown.

    Exit status: 0 enough, 1 below the bar, 2 it could not be found out.
    """
    import httpx

    headers = {"Authorization": f"Bearer {control_token}"} if control_token else {}
    is_above = bar(bar_to_reach) if isinstance(bar_to_reach, str) else bar_to_reach
    try:
        with httpx.Client(base_url=url, headers=headers, timeout=SECONDS) as client:
            return readiness(client, world, provider, is_above, page, as_json=as_json)
    except NotFoundOut as problem:
        print(f"ecf-sandbox: {printable(str(problem))}", file=sys.stderr)
        return UNKNOWN
    except (OSError, httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as problem:
        print(f"ecf-sandbox: {printable(f'{url} could not be asked what was shown. {problem}')}", file=sys.stderr)
        return UNKNOWN


def readiness(
    client: httpx.Client, world: str, provider: str | None, is_above: Bar, page: Path | None, *, as_json: bool
) -> int:
    """Ask, tell, and judge. Returns the exit status. Raises NotFoundOut, OSError, HTTPError."""
    asked = {"world": world} | ({"provider": provider} if provider else {})
    found = _answer(client.get("/sandbox/readiness", params=asked, headers={"Accept": "application/json"})).json()
    if page is not None:
        page.write_bytes(_answer(client.get("/sandbox/readiness.html", params=asked)).content)
    reports = found["reports"]
    above = [is_above(report) for report in reports]
    enough = bool(reports) and all(above)
    if as_json:
        print(json.dumps({**found, "enough": enough}, indent=2))
    else:
        print("\n".join(_lines(reports)))
    return 0 if enough else BELOW


def _answer(response: httpx.Response) -> httpx.Response:
    """An answer with something in it. Raises NotFoundOut."""
    if response.is_success:
        return response
    raise NotFoundOut(f"{response.url} answered {response.status_code}: {response.text[:500]}")


def _lines(reports: Sequence[Json]) -> Iterator[str]:
    """The reports, for people."""
    if not reports:
        yield "No lead provider has asked for anything yet."
    for report in reports:
        yield printable(f"{report['provider']['name']}: {report['met']} of {report['of']} points are met.")
        for point in report["points"]:
            yield printable(f"  {point['state']:<15} {point['id']}: {point['title']}. {point['evidence']}")
            if point["state"] == "not met":
                yield from (printable(f"{'':18}- {each}") for each in point["missing"][:10])
