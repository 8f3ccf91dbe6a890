"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from sandbox.testing import Sandbox

from .conformance import problems_with


@pytest.fixture(scope="session")
def ecf_sandbox_server() -> Iterator[Sandbox]:
    """The plugin's, with every answer checked against the documents."""
    with Sandbox(on_answer=_check) as sandbox:
        yield sandbox


def _check(response: httpx.Response) -> None:
    response.read()
    problems = problems_with(response)
    assert not problems, problems
