"""Someone's training, as an answer shows it: flat in v1 and v2, among the enrolments in v3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from sandbox.model import ParticipantType
from tests.api import Api, Reply

BOTH_BEHAVIOURS = pytest.mark.parametrize("behaviour", ["documented", "deployed"])
STARTED_AT = "2024-10-14T09:00:00Z"

CHANGES: Mapping[str, Callable[..., Reply]] = {
    "defer": Api.defer,
    "resume": Api.resume,
    "withdraw": Api.withdraw,
    "change-schedule": lambda api, id, **others: api.change_schedule(id, "ecf-reduced-september", **others),
}
EVERY_CHANGE = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


def training(shown: Mapping[str, Any], participant_type: ParticipantType = "ect") -> dict[str, Any]:
    """The one training of a kind among a participant's attributes."""
    (found,) = [t for t in shown.get("ecf_enrolments", [shown]) if t["participant_type"] == participant_type]
    return dict(found)


def status(api: Api, participant_id: str, participant_type: ParticipantType = "ect") -> str:
    """The training status that a provider is shown."""
    return str(training(api.participant(participant_id), participant_type)["training_status"])
