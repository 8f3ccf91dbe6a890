"""A server with both editions, whose main world is of ECF."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .served import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()
