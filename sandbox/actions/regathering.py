"""What the rules would have seen, had something else been sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.actions.call import Call
from sandbox.actions.declarations import recording_facts
from sandbox.actions.participants import action_facts, schedule_facts
from sandbox.model import Participant
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.participants import ActionFacts
from sandbox.rules.schedules import ScheduleFacts
from sandbox.store.protocol import Reader


def regather(reader: Reader, call: Call, seen: object) -> Callable[[Any], object] | None:
    """Gathers the facts for another request in place of the one that led to those seen; None if nothing else will do.

    It is at the time of the call, but the records are those there are now.
    """
    match seen:
        case DeclarationFacts():
            return lambda request: recording_facts(reader, call, request)
        case ActionFacts(participant=Participant() as participant):
            return lambda request: action_facts(reader, call, participant.id, request)
        case ScheduleFacts(participant=Participant() as participant):
            return lambda request: schedule_facts(reader, call, participant.id, request)
    return None
