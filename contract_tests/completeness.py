"""Whether a run has seen enough to be believed: every operation has answered well at least once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from contract_tests.config import RunConfig
from contract_tests.documents import Operation, operations
from contract_tests.selection import GENERATED

Answers = Mapping[tuple[str, str, int], int]  # version, operationId, status: how many


def unanswered(answers: Answers, versions: Sequence[str], *, read_only: bool = False) -> list[Operation]:
    """The operations that never answered 2xx; in a run that only reads, of those that read."""
    well = {(version, id) for (version, id, status), number in answers.items() if number and 200 <= status < 300}
    return [
        operation
        for version in versions
        for operation in operations(version)
        if (version, operation.id) not in well and (operation.method == "GET" or not read_only)
    ]


def verdict(answers: Answers, versions: Sequence[str], *, read_only: bool = False) -> str:
    """What is to be said of a run that has not seen enough; nothing of one that has."""
    lacking = unanswered(answers, versions, read_only=read_only)
    if not lacking:
        return ""
    listed = "".join(f"\n  {operation}" for operation in lacking)
    return f"This run proves too little to be a pass. Never answered with success:{listed}"


def is_complete(items: Sequence[pytest.Item], config: pytest.Config, run: RunConfig) -> bool:
    """False for a run of selected scenarios, for one without the documents, and for one worker's part of a run."""
    if hasattr(config, "workerinput"):
        return False
    selected = any(map(config.getoption, ("keyword", "markexpr", "--only-version", "--only-share", "collectonly")))
    return not selected and not run.rules and any(item.path.name == GENERATED for item in items)
