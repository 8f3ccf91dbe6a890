"""The exchanges that prove a verdict as HTTP Archive 1.2, which the developer tools of browsers open.

They are all of what failed, and of each rule one that saw it refuse, and one that saw it accept, in each version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

ENOUGH: Final = 3_000_000  # characters of bodies; then they are only named

Line = Mapping[str, Any]


def har(scenarios: Sequence[Line], texts: Mapping[str, str], made_by: str) -> str:
    """The archive, as JSON: a page for each scenario that is in it."""
    name, _, version = made_by.partition(" ")
    bodies = _Bodies(texts)
    chosen = list(_chosen(scenarios))
    whole = {
        "version": "1.2",
        "creator": {"name": name, "version": version},
        "comment": "All exchanges of what failed; of each rule and version one that it refused, and one it accepted.",
        "pages": [_page(number, scenario, said) for number, (scenario, said) in enumerate(chosen, 1)],
        "entries": [
            _entry(f"page_{number}", each, bodies) for number, (scenario, said) in enumerate(chosen, 1) for each in said
        ],
    }
    return json.dumps({"log": whole}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _chosen(scenarios: Sequence[Line]) -> Iterator[tuple[Line, Sequence[Line]]]:
    """The scenarios that are shown, with the exchanges that are: what failed first."""
    yield from ((each, each["exchanges"]) for each in scenarios if each["outcome"] == "failed" and each["exchanges"])
    known: set[tuple[str, str, str | None]] = set()
    for scenario in scenarios:
        if scenario["outcome"] == "passed":
            said = list(_witnesses(scenario, known))
            if said:
                yield scenario, said


def _witnesses(scenario: Line, known: set[tuple[str, str, str | None]]) -> Iterator[Line]:
    """The exchanges in which a rule refused, or accepted, that has not been seen to do so before."""
    shown: set[int] = set()
    for side, is_right in (("refuses", _is_refused), ("accepts", _is_accepted)):
        for rule in scenario[side]:
            seen = [each for each in scenario["exchanges"] if "/api/" in each["url"] and is_right(each)]
            named = [each for each in seen if rule in each["rules"]] or seen[-1:]
            key = side, rule, scenario["version"]
            if named and key not in known:
                known.add(key)
                shown.add(id(named[0]))
    yield from (each for each in scenario["exchanges"] if id(each) in shown)


def _is_refused(exchange: Line) -> bool:
    return 400 <= int(exchange["status"]) < 500


def _is_accepted(exchange: Line) -> bool:
    return 200 <= int(exchange["status"]) < 300


def _page(number: int, scenario: Line, said: Sequence[Line]) -> dict[str, Any]:
    title = f"{scenario['title']} [{scenario['version'] or 'all'}]: {scenario['outcome']}"
    return {"startedDateTime": said[0]["at"], "id": f"page_{number}", "title": title, "pageTimings": {}}


def _entry(page: str, exchange: Line, bodies: _Bodies) -> dict[str, Any]:
    ms = round(exchange["seconds"] * 1000, 1)
    request: dict[str, Any] = {
        "method": exchange["method"],
        "url": exchange["url"],
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(exchange["request_headers"].items()),
        "queryString": _pairs(parse_qsl(urlsplit(exchange["url"]).query, keep_blank_values=True)),
        "headersSize": -1,
        "bodySize": -1 if exchange["request_body"] else 0,
    }
    if exchange["request_body"]:
        sent_as = {name.lower(): value for name, value in exchange["request_headers"].items()}.get("content-type", "")
        request["postData"] = {"mimeType": sent_as, "params": [], **bodies.of(exchange["request_body"])}
    content = {"size": bodies.size(exchange["content"]), "mimeType": exchange["headers"].get("content-type", "")}
    return {
        "pageref": page,
        "startedDateTime": exchange["at"],
        "time": ms,
        "request": request,
        "response": {
            "status": exchange["status"],
            "statusText": _phrase(exchange["status"]),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": _pairs(exchange["headers"].items()),
            "content": {**content, **bodies.of(exchange["content"])},
            "redirectURL": exchange["headers"].get("location", ""),
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": ms, "receive": 0},
        **({"comment": f"Refused by {', '.join(exchange['rules'])}."} if exchange["rules"] else {}),
    }


def _pairs(named: Any) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in named]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


class _Bodies:
    """What was said, as long as there is room."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._shown = 0

    def size(self, name: str) -> int:
        """How long a body is, in bytes."""
        return len(self._texts.get(name, "").encode("utf-8", "backslashreplace"))

    def of(self, name: str) -> dict[str, str]:
        """The members of an archive that hold a body."""
        text = self._texts.get(name, "")
        if self._shown + len(text) > ENOUGH:
            return {"text": "", "comment": f"Left out, as there is so much: {name} of bodies.jsonl.gz."}
        self._shown += len(text)
        return {"text": text}
