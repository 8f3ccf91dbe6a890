"""Before anything is tested: is there such a service, does it know the token, and what does it let us do?"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from contract_tests.broken import Unusable
from contract_tests.exchange import Exchange
from contract_tests.target import Behaviour, Target
from contract_tests.wire import Wire

PROBED: Final = "/participant-declarations"  # every version has it
ASKED_FOR_ONE: Final = {"page[per_page]": "1"}


def probe(
    url: str,
    token: str,
    versions: Sequence[str],
    *,
    headers: Mapping[str, str] | None = None,
    control_token: str | None = None,
    behaviour: Behaviour | None = None,
    allow_writes: bool = False,
    read_only: bool = False,
    production: bool = False,
    rate: float | None = None,
    ends_at: float | None = None,
    seed: int = 1,
    wait: Callable[[float], None] = time.sleep,
) -> Target:
    """The target as it turns out to be. It may be written to when it is a sandbox or when that is allowed.

    Raises Unusable, with a sentence for whoever started the run.
    """
    wire = Wire(url, headers=headers, read_only=True, rate=rate, ends_at=ends_at, wait=wait)
    for version in versions:
        _check(wire, version, token)
    control = wire.send("GET", "/sandbox/worlds/main", token=control_token)
    sandbox = control.status == 200 and isinstance(control.json, dict) and "behaviour" in control.json
    found: Any = control.json if sandbox else {}
    return Target(
        url=wire.url,
        token=token,
        versions=tuple(versions),
        sandbox=sandbox,
        writes=not read_only and (sandbox or allow_writes),
        production=production,
        behaviour=behaviour or found.get("behaviour", "deployed"),
        control_token=control_token,
        headers=dict(headers or {}),
        rate=rate,
        ends_at=ends_at,
        seed=seed,
    )


def _check(wire: Wire, version: str, token: str) -> None:
    """Raises Unusable unless the version answers the token with a list, and a wrong one with 401."""
    path = f"/api/{version}{PROBED}"
    answer = wire.send("GET", path, token=token, params=ASKED_FOR_ONE)
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
    stranger = wire.send("GET", path, token="nobody-has-this-token", params=ASKED_FOR_ONE)
    if stranger.status not in (401, 403):
        raise Unusable(
            f"{wire.url} answers {stranger.status} to a token that nobody has: whatever it says proves nothing. "
            "Test it where it asks for tokens."
        )


def _what(answer: Exchange) -> str:
    """What kind of thing an answer is, in words."""
    if answer.media_type == "text/html" or answer.content.lstrip()[:1] == b"<":
        return "an HTML page"
    return answer.media_type or "nothing"
