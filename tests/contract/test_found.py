"""Whom a run may act on where no sandbox makes people for it."""

from __future__ import annotations

from typing import Any, cast

from contract_tests.api import Api
from contract_tests.target.deployment_backstage import Found


class Listing:
    """An API that lists one person for each status."""

    def every(self, _path: str) -> list[Any]:
        """All of them."""
        statuses = ("joining", "active", "leaving", "left", "withdrawn")
        return [{"id": each, "attributes": {"ecf_enrolments": [{"participant_status": each}]}} for each in statuses]


def test_those_are_acted_on_first_who_are_at_a_school() -> None:
    first, *_ = [id for id, _ in Found(cast(Api, Listing())).enrolments]
    assert first == "active"
