"""Requests that come together share the disk, and each is on it before its answer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from sandbox.app import build_app
from sandbox.editions import ALL, ecf
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import play
from sandbox.store import disk, journal
from sandbox.store.places import store_at
from sandbox.store.protocol import Store
from sandbox.worlds.worlds import Worlds

NOW = datetime(2024, 11, 15, 9, tzinfo=UTC)
CLIENTS = 64


def test_many_requests_share_a_sync_and_each_is_durable_before_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_disk: list[str] = []

    def sync(descriptor: int) -> None:
        disk.sync_file(descriptor)
        on_the_disk.append("".join(path.read_text("utf-8") for path in tmp_path.glob("*.jsonl")))

    async def register(client: httpx.AsyncClient) -> None:
        answer = await client.post("http://127.0.0.1/sandbox/participants")
        assert answer.status_code == 201
        assert answer.json()["participant"]["id"] in on_the_disk[-1]

    async def together(store: Store) -> None:
        app = httpx.ASGITransport(build_app(Worlds(store, Creation(ALL), lambda: NOW)))
        async with httpx.AsyncClient(transport=app) as client:
            await client.get("http://127.0.0.1/sandbox/time")
            before, on_the_disk[:] = store.revision, [""]
            await asyncio.gather(*(register(client) for _ in range(CLIENTS)))
        assert store.revision - before == CLIENTS

    monkeypatch.setattr(journal, "sync_file", sync)
    with store_at(tmp_path) as store:
        store.replace_with(play("main", ecf.EDITION, "documented", began_at=NOW))
        asyncio.run(together(store))
    assert 1 <= len(on_the_disk) - 1 <= CLIENTS / 8
