"""What one process keeps in its memory is refused where several serve: no handler of such a thing goes unmarked."""

from __future__ import annotations

import inspect

import pytest

from sandbox.edge.control.endpoint import handler
from sandbox.edge.control.processes import kept_in_memory, refuse_what_one_process_keeps
from sandbox.edge.control.request import Declined
from sandbox.edge.spec_app import operation_ids
from tests.openapi.documents import CONTROL, document

# What puts something into the memory of a process, or looks at what only one process has.
WORLDS = (".worlds.make(", ".worlds.bring_in(", ".worlds.migrate(")
ASKED = (".log)", "reports(request.world, ")
IN_MEMORY = (".faults.add(", ".limit_rate(", ".give_defects(", *WORLDS, *ASKED)


@pytest.mark.parametrize("operation", operation_ids(dict(document(CONTROL))))
def test_an_operation_on_what_one_process_keeps_is_marked_as_such(operation: str) -> None:
    answers = handler(operation)
    touches = any(thing in inspect.getsource(answers) for thing in IN_MEMORY)
    assert hasattr(answers, "kept_in_memory") == touches, f"mark {operation} with @kept_in_memory, or do not"


def test_what_is_marked_is_declined_with_what_it_is_about() -> None:
    @kept_in_memory("Dreams are")
    def dream() -> None: ...

    with pytest.raises(Declined, match="Dreams are kept in the memory of one process"):
        refuse_what_one_process_keeps(dream)
