"""Single exchanges with the service, each in a state of its own: what was asked, and what was answered."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
import yaml

from tests.reality.in_process import Answer, Service
from tests.reality.register.staging import Stage, made_by, people, things

HERE: Final = Path(__file__).parent
_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-Fa-f]{32}|[0-9A-F-]{36}")
AGAIN: Final = {"decl-repeat-exact": "f98c5e2c-1cfd-4c41-918b-e15b0a34de87"}  # what was asked before it was not kept
KEPT: Final = 2  # entries of a list: the recording left out the others
_UNSEEN: Final = "no state is set up for it: it is about records of the service's own seeds"


class Exchange(msgspec.Struct, frozen=True):
    """One request and the answer to it. `given` says in which state."""

    id: str
    given: str
    method: str
    path: str
    query: str
    headers: dict[str, str | None]
    body: Any
    status: int
    content_type: str | None
    answer: Any

    @property
    def ids(self) -> set[str]:
        """The ids that it names, however they are spelt."""
        return {str(UUID(id)) for id in _ID.findall(self.path + self.query + json.dumps(self.body))}

    @property
    def titles(self) -> list[str] | None:
        """What is at fault, by the entries of a refusal in the long form."""
        return titles_of(self.answer)


@cache
def exchanges() -> list[Exchange]:
    """Every exchange, in the order in which they were recorded."""
    lines = gzip.decompress((HERE / "exchanges.jsonl.gz").read_bytes()).splitlines()
    return [msgspec.json.decode(line, type=Exchange) for line in lines]


@cache
def not_staged() -> Mapping[str, str]:
    """The exchanges that are not sent, by their ids: with why."""
    reasons = dict(yaml.safe_load((HERE / "not_staged.yaml").read_text()))
    found = {}
    for each in exchanges():
        why = next((why for start, why in reasons.items() if each.id.startswith(start)), None)
        if why is None and not _can_be_asked(each):
            why = _UNSEEN
        if why is not None:
            found[each.id] = why
    return found


def _can_be_asked(exchange: Exchange) -> bool:
    """True when everybody it names is known, and it names nothing else that the service alone has."""
    nobody = exchange.status in (404, 422) and exchange.given.startswith(
        ("An id nobody", "Void an unknown", "PUT to an")
    )
    known = set(people()) | set(things()) | set(made_by()) | set(AGAIN.values()) | _made()
    return nobody or exchange.ids <= known or _answers_nobody(exchange)


@cache
def _made() -> frozenset[str]:
    """The ids of what one of the exchanges made, about which others ask."""
    posted = (exchange for exchange in exchanges() if exchange.method == "POST" and exchange.status == 200)
    return frozenset(exchange.answer["data"]["id"] for exchange in posted)


def _answers_nobody(exchange: Exchange) -> bool:
    """True for a filter by an id that finds nothing, whoever is there."""
    return isinstance(exchange.answer, dict) and exchange.answer.get("data") == []


async def differences(service: Service) -> dict[str, str]:
    """In what the answers differ from those recorded, by the exchanges' ids."""
    stage, found = Stage(service), {}
    await stage.set_up()
    for exchange in exchanges():
        if exchange.id in not_staged():
            continue
        for id in exchange.ids - set(stage.ids):
            await stage.bring_in(id)
        await stage.prepare(exchange.id)
        if exchange.id in AGAIN:
            first = await _sent(service, stage, exchange)
            stage.ids[AGAIN[exchange.id]] = json.loads(first.text)["data"]["id"]
        answer = await _sent(service, stage, exchange)
        if exchange.method == "POST" and answer.status == exchange.status == 200:
            stage.ids[exchange.answer["data"]["id"]] = json.loads(answer.text)["data"]["id"]
        difference = next(_compared(exchange, answer), None)
        if difference is not None:
            found[exchange.id] = f"{exchange.given} {difference}"
    return found


async def _sent(service: Service, stage: Stage, exchange: Exchange) -> Answer:
    here = dict(stage.ids)

    def translated(text: str) -> str:
        return _ID.sub(lambda match: _spelt_like(match[0], here.get(str(UUID(match[0])), match[0])), text)

    headers = {
        "Authorization": "Bearer {token}",
        "Accept": "*/*",
        "Content-Type": "application/json",
    } | exchange.headers
    tokens = {"{token}": stage.tokens["northgate"], "{token of a second provider}": stage.tokens["harbour"]}
    sent = {}
    for name, value in headers.items():
        if value is not None:
            for place, token in tokens.items():
                value = value.replace(place, token)
            sent[name] = value
    body = exchange.body if isinstance(exchange.body, str) else json.dumps(exchange.body)
    content = None if exchange.body is None else translated(body).encode()
    if content is None:
        sent.pop("Content-Type", None)
    path = f"{translated(exchange.path)}?{translated(exchange.query)}" if exchange.query else translated(exchange.path)
    return await service.send(exchange.method, path, content, sent)


def _spelt_like(there: str, id: str) -> str:
    """An id with capitals, or without hyphens, if the recorded one is."""
    id = id if "-" in there else id.replace("-", "")
    return id.upper() if there.isupper() else id


def _compared(exchange: Exchange, answer: Answer) -> Iterator[str]:
    """In what an answer is not as it was there. Where the service failed, a clean refusal will do."""
    if exchange.status >= 500:
        if answer.status not in (400, 401, 404, 422):
            yield f"failed there; here it is {answer.status}"
        return
    if answer.status != exchange.status:
        yield f"was {exchange.status} there, is {answer.status} here: {answer.text[:200]}"
        return
    if not isinstance(exchange.answer, dict):
        return  # a page, or nothing: ours answers in the form of the API
    here = json.loads(answer.text)
    if "application/json" not in answer.type:
        yield f"is {answer.type} here"
    titles = titles_of(here)
    if exchange.status == 422 and exchange.titles is None:
        return  # the records refused there, in a bare form, where no rule did: another refusal is no difference
    if (titles and titles[:KEPT]) != exchange.titles:
        yield f"names {exchange.titles} there, {titles} here"
    elif "data" in exchange.answer:
        yield from _shapes(exchange.answer["data"], here["data"], "data")


def titles_of(answer: Any) -> list[str] | None:
    """What is at fault, by the entries of a refusal in the long form; None for anything else."""
    return [error["title"] for error in answer["errors"]] if isinstance(answer, dict) and "errors" in answer else None


def _shapes(there: Any, here: Any, at: str) -> Iterator[str]:
    """Where members, their order or the kinds of their values differ; of lists the first records."""
    if isinstance(there, dict) and isinstance(here, dict):
        if list(there) != list(here):
            yield f"{at}: {list(there)} there, {list(here)} here"
        for name in there.keys() & here.keys():
            yield from _shapes(there[name], here[name], f"{at}.{name}")
    elif isinstance(there, list) and isinstance(here, list):
        if there and here:
            yield from _shapes(there[0], here[0], f"{at}[0]")
    elif there is not None and here is not None and type(there) is not type(here):
        yield f"{at}: {there!r} there, {here!r} here"
