"""Replaying a recorded session in a world of its own, in the behaviour `deployed` of its edition."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any, NamedTuple

from msgspec import UNSET

from .bindings import Bindings
from .in_process import Answer, Service
from .matching import Matching, Mismatch
from .recording import CONTROL, Session, Step


class Difference(NamedTuple):
    """In what the answer to one step is not as it was recorded."""

    step: int
    request: str
    mismatch: Mismatch

    def __str__(self) -> str:
        at, recorded, here = self.mismatch
        return f"step {self.step} {self.request[:120]}\n  {at}: there {_brief(recorded)}, here {_brief(here)}"


async def replay(service: Service, session: Session, *, any_order: bool = False) -> list[Difference]:
    """Send a session's steps in a new world; where the answers differ, with `any_order` in more than that of lists."""
    world = await _control(service, "POST", "/worlds", session.world)
    tokens = {f"{{{provider['name'].split()[0].lower()}}}": provider["token"] for provider in world["providers"]}
    replaying = _Replaying(service, Bindings({"{world}": world["id"]} | tokens), any_order=any_order)
    try:
        return [difference async for difference in replaying.differences(session)]
    finally:
        await _control(service, "DELETE", f"/worlds/{world['id']}")


class _Replaying:
    """One session, as it goes on."""

    def __init__(self, service: Service, bindings: Bindings, *, any_order: bool) -> None:
        self._service = service
        self._bindings = bindings
        self._matching = Matching(bindings, any_order=any_order)

    async def differences(self, session: Session) -> AsyncIterator[Difference]:
        """Where the answers differ. Once the control API refuses what was done there, the rest says nothing."""
        for number, step in enumerate(session.steps, 1):
            path = self._bindings.translate(step.path)
            answer = await self._service.send(step.method, path, self._body(step), self._headers(step))
            if session.is_odd and step.status == answer.status == 422:
                continue
            for mismatch in self._setup(step, answer) if step.is_setup else self._mismatches(step, answer):
                yield Difference(number, f"{step.method} {path}", mismatch)
            if step.is_setup and answer.status >= 300:
                return

    def _body(self, step: Step) -> bytes | None:
        if step.body is None:
            return None
        if step.raw:
            return self._bindings.translate(step.body).encode("latin-1")
        return self._bindings.translate(json.dumps(step.body)).encode()

    def _headers(self, step: Step) -> dict[str, str]:
        given = {name: self._bindings.translate(value) for name, value in step.headers.items()}
        return given if step.body is None else {"Content-Type": "application/json"} | given

    def _setup(self, step: Step, answer: Answer) -> Iterator[Mismatch]:
        if answer.status >= 300:
            yield Mismatch("setup", step.status, f"{answer.status} {answer.text}")
        elif answer.text:
            self._bindings.bind_setup(step.answer, json.loads(answer.text))

    def _mismatches(self, step: Step, answer: Answer) -> Iterator[Mismatch]:
        if answer.status != step.status:
            yield Mismatch("status", step.status, f"{answer.status} {answer.text}")
            return
        if step.type != "*" and _media_type(step.type) != _media_type(answer.type):
            yield Mismatch("media type", step.type, answer.type)
        if step.csv is not UNSET:
            yield from self._matching.compare(step.csv, list(csv.reader(io.StringIO(answer.text))))
        elif step.answer is not UNSET:
            try:
                here = json.loads(answer.text)
            except ValueError:
                yield Mismatch("body", "JSON", answer.text)
            else:
                yield from self._matching.compare(step.answer, here)


async def _control(service: Service, method: str, path: str, body: Any = None) -> Any:
    content = None if body is None else json.dumps(body).encode()
    answer = await service.send(method, CONTROL + path, content, {"Content-Type": "application/json"})
    assert answer.status < 300, answer.text
    return json.loads(answer.text) if answer.text else None


def _media_type(content_type: str) -> str:
    return content_type.split(";")[0]


def _brief(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:240]
