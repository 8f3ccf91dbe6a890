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


def test_nobody_is_acted_on_who_is_still_to_join_leaves_or_has_left() -> None:
    assert [id for id, _ in Found(cast(Api, Listing())).enrolments] == ["active"]
