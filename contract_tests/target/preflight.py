"""Before anything is tested: is there such a service, does it know the token, and what does it let us do?"""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Mapping
from statistics import mean
from typing import Any, Final

from contract_tests.config import RunConfig
from contract_tests.documents import SCOPE
from contract_tests.errors import Unusable
from contract_tests.exchange import Exchange
from contract_tests.lists import Query, lists
from contract_tests.target import Target
from contract_tests.turns import Turns
from contract_tests.wire import Wire

PROBED: Final = "/participant-declarations"  # every version has it, unless --operations leaves it out
PACED: Final = 4  # requests that tell how fast it answers
ASKED_FOR_ONE: Final = {"page[per_page]": "1"}


def probe(
    config: RunConfig,
    *,
    turns: Turns | None = None,
    ends_at: float | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Target:
    """The target of a run as it turns out to be. It may be written to when it is a sandbox or when that is allowed.

    `turns` is when it may be asked, `ends_at` the time.monotonic() at which to give up, `wait` how to wait for a target
    that is asked too often. Raises Unusable, with a sentence for whoever started the run.
    """
    heard: list[Exchange] = []
    wire = Wire(config, heard=heard.append, read_only=True, turns=turns, ends_at=ends_at, wait=wait)
    for version in config.versions:
        _check(wire, version, config.token)
    control = wire.send("GET", "/sandbox/worlds/main", token=config.control_token)
    sandbox = control.status == 200 and isinstance(control.json, dict) and "behaviour" in control.json
    found = _world(wire, config, control.json) if sandbox else {}
    if config.defects:
        _look_for_defects(wire, config, found)
    version = config.versions[-1]
    for path, query in (_lists(version) * PACED)[:PACED]:
        wire.send("GET", f"/api/{version}{path}", token=config.token, params=query)
    return Target(
        config=config,
        sandbox=sandbox,
        writes=not config.read_only and (sandbox or config.allow_writes),
        behaviour=config.behaviour or found.get("behaviour", "deployed"),
        ends_at=ends_at,
        apart=sandbox and control.json.get("edition", SCOPE.edition) != SCOPE.edition,
        answers_in=mean(exchange.seconds for exchange in heard[-PACED:]),
    )


def _world(wire: Wire, config: RunConfig, main: Any) -> dict[str, Any]:
    """What a sandbox says of a world of the edition: its main one, if that is one, else the first."""
    if main.get("edition", SCOPE.edition) == SCOPE.edition:
        return dict(main)
    worlds = wire.send("GET", "/sandbox/worlds", token=config.control_token).json["worlds"]
    return next((dict(world) for world in worlds if world["edition"] == SCOPE.edition), {})


def _look_for_defects(wire: Wire, config: RunConfig, world: Mapping[str, Any]) -> None:
    """Raises Unusable unless there is a sandbox that has the defects."""
    if not world:
        raise Unusable("Only a sandbox does things wrongly when it is asked to: leave out --defects.")
    query = {"world": str(world["id"])}
    listed = wire.send("GET", "/sandbox/defects", token=config.control_token, params=query).json
    known = [each["name"] for each in listed["defects"]]
    for name in config.defects:
        if name not in known:
            alike = difflib.get_close_matches(name, known, 1)
            hint = f"Is {alike[0]} meant?" if alike else "`ecf-sandbox defects` lists them."
            raise Unusable(f"There is no defect {name!r}. {hint}")


def _check(wire: Wire, version: str, token: str | None) -> None:
    """Raises Unusable unless the version answers the token with a list, and a wrong one with 401."""
    path, query = _lists(version)[0]
    path, query = f"/api/{version}{path}", {**query, **ASKED_FOR_ONE}
    answer = wire.send("GET", path, token=token, params=query)
    match answer.status:
        case 200 if isinstance(answer.json, dict) and isinstance(answer.json.get("data"), list):
            pass
        case 200:
            raise Unusable(f"{answer.url} answers {_what(answer)}, not a list: is this the API's own address?")
        case 301 | 302 | 303 | 307 | 308:
            where = answer.headers.get("location", "nowhere")
            raise Unusable(f"{answer.url} sends us on to {where}: give the address it should be asked at.")
        case 401 | 403:
            raise Unusable(f"{wire.url} does not accept the token ({answer.status}). Give one that it knows.")
        case 404:
            raise Unusable(f"{wire.url} has no {version} ({answer.url} is not found). Leave it out with --version.")
        case _:
            raise Unusable(f"{answer.url} answers {answer.status} with {_what(answer)}: it cannot be tested so.")
    stranger = wire.send("GET", path, token="nobody-has-this-token", params=query)
    if stranger.status not in (401, 403):
        raise Unusable(
            f"{wire.url} answers {stranger.status} to a token that nobody has: whatever it says proves nothing. "
            "Test it where it asks for tokens."
        )


def _lists(version: str) -> list[tuple[str, Query]]:
    """The lists of a version that the run is about, and what they cannot be asked without."""
    found = sorted(lists(version), key=lambda each: each[0] != PROBED)
    return found or [(PROBED, {})]


def _what(answer: Exchange) -> str:
    """What kind of thing an answer is, in words."""
    if answer.media_type == "text/html" or answer.content.lstrip()[:1] == b"<":
        return "an HTML page"
    return answer.media_type or "nothing"
