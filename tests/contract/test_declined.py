"""What a sandbox declines: an act fails the scenario that needs it; what the run itself needs is the end of it."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.config import RunConfig
from contract_tests.errors import Declined, NotDone
from contract_tests.exchange import Exchange
from contract_tests.target.sandbox_backstage import SandboxBackstage

from .exchanges import answer


class Wire:
    """Leads to a sandbox that answers with these statuses, one after the other."""

    def __init__(self, *statuses: int) -> None:
        self._statuses = iter(statuses)

    def send(self, method: str, path: str, **_: Any) -> Exchange:
        """The next answer."""
        return answer(method, path, next(self._statuses), {"id": "a-world"}, media_type="application/json")


def backstage(*statuses: int) -> SandboxBackstage:
    config = RunConfig(base_url="http://sandbox", token="northgate")
    return SandboxBackstage(Wire(*statuses), config, "documented")  # type: ignore[arg-type]


def test_an_act_that_is_declined_by_the_rules_is_told_of_the_sandbox() -> None:
    with pytest.raises(Declined) as declined:
        backstage(201, 422).act("POST", "/participants/somebody/merge", into="another")
    assert declined.value.check == "check.control"
    assert declined.value.expected == "POST /participants/somebody/merge done"


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_an_act_that_a_sandbox_does_not_know_ends_the_run(status: int) -> None:
    with pytest.raises(NotDone):
        backstage(201, status).act("POST", "/participants/somebody/merge")


def test_a_world_that_cannot_be_made_ends_the_run() -> None:
    with pytest.raises(NotDone):
        backstage(422)


def test_a_world_that_cannot_be_changed_ends_the_run() -> None:
    with pytest.raises(NotDone):
        backstage(201, 422).limit_requests()
