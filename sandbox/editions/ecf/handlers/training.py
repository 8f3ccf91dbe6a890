"""What providers report of someone's training, which the versions share but for what they show afterwards."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sandbox.actions import participants
from sandbox.edge.provider.request import Json
from sandbox.editions.ecf.handlers.requests import Write
from sandbox.model import TrainingRecord
from sandbox.rules.requests import ActionRequest, ScheduleRequest


class TrainingHandlers(msgspec.Struct, frozen=True):
    """`PUT /participants/ecf/{id}/…` as one version has it: `present` shows whose training record was acted on."""

    present: Callable[[Write, TrainingRecord], Json]

    def defer(self, request: Write) -> Json:
        """`PUT /participants/ecf/{id}/defer`."""
        wanted = ActionRequest.of(request.attributes, request.call.rules.spelling)
        return self.present(request, participants.defer(request.records, request.call, request.id, wanted))

    def resume(self, request: Write) -> Json:
        """`PUT /participants/ecf/{id}/resume`."""
        wanted = ActionRequest.of(request.attributes, request.call.rules.spelling)
        return self.present(request, participants.resume(request.records, request.call, request.id, wanted))

    def withdraw(self, request: Write) -> Json:
        """`PUT /participants/ecf/{id}/withdraw`."""
        wanted = ActionRequest.of(request.attributes, request.call.rules.spelling)
        return self.present(request, participants.withdraw(request.records, request.call, request.id, wanted))

    def change_schedule(self, request: Write) -> Json:
        """`PUT /participants/ecf/{id}/change-schedule`."""
        wanted = ScheduleRequest.of(request.attributes, request.call.rules.spelling)
        return self.present(request, participants.change_schedule(request.records, request.call, request.id, wanted))
