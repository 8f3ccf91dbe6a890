"""A way to a sandbox on which its answers are bent, so that a scenario has something to find."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import requests

from contract_tests.api import Api
from contract_tests.config import RunConfig
from contract_tests.exchange import Exchange
from contract_tests.target import Target
from contract_tests.target.sandbox_backstage import SandboxBackstage
from contract_tests.wire import Wire

Bend = Callable[[Exchange], Exchange]


def straight(exchange: Exchange) -> Exchange:
    """Bends nothing."""
    return exchange


class BentWire(Wire):
    """Not all that the API says arrives as it was said."""

    bends: Bend = staticmethod(straight)

    def ask(
        self, method: str, url: str, *, token: str | None = None, patient: bool = True, **content: Any
    ) -> tuple[Exchange, requests.Response]:
        exchange, answer = super().ask(method, url, token=token, patient=patient, **content)
        return (self.bends(exchange) if exchange.path.startswith("/api/") else exchange), answer


class Run:
    """What scenarios are given."""

    def __init__(self, url: str) -> None:
        self.wire = BentWire(RunConfig(base_url=url))
        self.scene = SandboxBackstage(self.wire, RunConfig(), "documented")
        token = self.scene.provider().token or ""
        config = RunConfig(base_url=url, token=token, production=True)
        self.target = Target(config=config, sandbox=True, writes=True)
        self.v1, self.v3 = (Api(self.wire, version, token) for version in ("v1", "v3"))


def rewritten(change: Callable[[Any], Any], *parts: str, status: int = 200) -> Bend:
    """Changes the JSON of answers with this status to requests that have all these parts in their address."""

    def bend(exchange: Exchange) -> Exchange:
        if exchange.status != status or exchange.json is None or not _is_about(exchange, parts):
            return exchange
        return replace(exchange, content=json.dumps(change(exchange.json)).encode())

    return bend


def listed(change: Callable[[list[Any]], list[Any]], *parts: str) -> Bend:
    """Changes lists."""
    return rewritten(lambda said: {"data": change(said["data"])} if isinstance(said["data"], list) else said, *parts)


def showing(name: str, value: Any, *parts: str) -> Bend:
    """Shows something else of each record, where it shows that at all."""

    def change(said: Any) -> Any:
        for record in said["data"] if isinstance(said["data"], list) else [said["data"]]:
            if name in record["attributes"]:
                record["attributes"][name] = value
        return said

    return rewritten(change, *parts)


def respelt(old: bytes, new: bytes, *parts: str) -> Bend:
    """Changes what is answered letter by letter."""

    def bend(exchange: Exchange) -> Exchange:
        return replace(exchange, content=exchange.content.replace(old, new)) if _is_about(exchange, parts) else exchange

    return bend


def _is_about(exchange: Exchange, parts: tuple[str, ...]) -> bool:
    address = unquote(exchange.url)
    return all(part in address for part in parts)
