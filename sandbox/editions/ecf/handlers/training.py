"""What providers report of someone's training, which the versions share but for what they show afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.actions import participants
from sandbox.edge.asked import Json, Write
from sandbox.model import TrainingRecord
from sandbox.rules.requests import ActionRequest, ScheduleRequest


@dataclass(frozen=True, slots=True)
class TrainingHandlers:
    """`PUT /participants/ecf/{id}/…` as one version has it: `shown` shows whose training record was acted on."""

    shown: Callable[[Write, TrainingRecord], Json]

    def defer(self, asked: Write) -> Json:
        """`PUT /participants/ecf/{id}/defer`."""
        request = ActionRequest.of(asked.attributes)
        return self.shown(asked, participants.defer(asked.records, asked.call, asked.id, request))

    def resume(self, asked: Write) -> Json:
        """`PUT /participants/ecf/{id}/resume`."""
        request = ActionRequest.of(asked.attributes)
        return self.shown(asked, participants.resume(asked.records, asked.call, asked.id, request))

    def withdraw(self, asked: Write) -> Json:
        """`PUT /participants/ecf/{id}/withdraw`."""
        request = ActionRequest.of(asked.attributes)
        return self.shown(asked, participants.withdraw(asked.records, asked.call, asked.id, request))

    def change_schedule(self, asked: Write) -> Json:
        """`PUT /participants/ecf/{id}/change-schedule`."""
        request = ScheduleRequest.of(asked.attributes)
        return self.shown(asked, participants.change_schedule(asked.records, asked.call, asked.id, request))
