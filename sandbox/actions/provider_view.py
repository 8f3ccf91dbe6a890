"""What one lead provider sees of the people in training."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from sandbox.actions.call import Call
from sandbox.actions.identity import resolve
from sandbox.model import (
    Participant,
    Partnership,
    Placement,
    TrainingRecord,
)
from sandbox.rules.book import VisibilityRules
from sandbox.rules.visibility import is_placed_here, newest_first
from sandbox.store.protocol import Reader

Knows = Callable[[Sequence[Placement]], bool]
Sees = Callable[[str, Placement, Partnership | None], bool]


class Subject(msgspec.Struct, frozen=True):
    """Whom a request names.

    `participant` is None when the provider sees nobody of that id; `awaiting_validation` says that this is only
    because the DfE has not validated them yet. `placements` are theirs with the provider, newest first, `records` their
    training that it may report of.
    """

    participant: Participant | None
    awaiting_validation: bool
    placements: list[Placement]
    records: list[TrainingRecord]

    def record_for(self, course_identifier: str | None) -> TrainingRecord | None:
        """Their training record for a course; of two, as two ids make them, the one last placed with the provider."""
        of_course = [record for record in self.records if record.course_identifier == course_identifier]
        placed = [placement.training_record_id for placement in self.placements] + [each.id for each in of_course]
        return min(of_course, key=lambda record: placed.index(record.id), default=None)

    def placement_of(self, record: TrainingRecord | None) -> Placement | None:
        """The provider's newest placement of one training record, if it has any."""
        return next(iter(self.placements_of(record)), None)

    def placements_of(self, record: TrainingRecord | None) -> list[Placement]:
        """The provider's placements of one training record, newest first."""
        if record is None:
            return []
        return [placement for placement in self.placements if placement.training_record_id == record.id]


NOBODY: Final = Subject(None, False, [], [])


class ProviderView(msgspec.Struct, frozen=True):
    """Looks at the records as one provider, by the rules of its world."""

    reader: Reader
    provider_id: str
    rules: VisibilityRules

    @classmethod
    def of(cls, reader: Reader, call: Call) -> ProviderView:
        """What the provider that makes a call sees."""
        return cls(reader, call.provider.id, call.rules.visibility)

    def placements(self, participant_id: str, sees: Sees | None = None) -> list[Placement]:
        """A participant's placements that the provider is shown, or sees otherwise, newest first."""
        placements = self.reader.find(Placement, participant_id=participant_id)
        return self._not_hidden(p for p in placements if self._passes(sees or self.rules.shows_participant, p))

    def acted_on(self, participant_id: str) -> list[Placement]:
        """A participant's placements that the provider may act on, newest first, whether or not it is shown them."""
        return self.placements(participant_id, self.rules.acts_on_participant)

    def all_placements(self, sees: Sees | None = None) -> dict[str, list[Placement]]:
        """Every participant's placements that the provider is shown in lists, or sees otherwise, newest first for each.

        By participant id.
        """
        whose = self.rules.whose(self.provider_id)
        placements = self.reader.find(Placement, lead_provider_id=whose) if whose else self.reader.all(Placement)
        listed = (p for p in placements if self._passes(sees or self.rules.lists_participant, p))
        by_participant: dict[str, list[Placement]] = {}
        for placement in self._not_hidden(listed):
            by_participant.setdefault(placement.participant_id, []).append(placement)
        return by_participant

    def subject(
        self, participant_id: str | None, course_identifier: str | None, known: Knows = is_placed_here
    ) -> Subject:
        """Whom a request names, by their id or by one that was retired in favour of it.

        `known` says whether they are, by their placements with the provider. By a retired id only who has training for
        the course that goes by it (id-change).
        """
        participant = self._current(participant_id) if participant_id else None
        if participant is None or participant_id is None:
            return NOBODY
        everywhere = self.reader.find(Placement, participant_id=participant.id)
        theirs = [p for p in everywhere if self._passes(self.rules.acts_on_participant, p)]
        placements = self._not_hidden(theirs)
        if not known(placements):
            return Subject(None, bool(theirs), [], [])
        records = [
            record
            for record in self.reader.find(TrainingRecord, participant_id=participant.id)
            if not self.rules.hides(record) and self.rules.acts_on_training(record)
        ]
        if participant.id != participant_id.lower():
            records = [record for record in records if self.rules.goes_by(record, participant_id.lower())]
            if not any(record.course_identifier == course_identifier for record in records):
                return NOBODY
        return Subject(participant, False, placements, records)

    def _current(self, id: str) -> Participant | None:
        """The participant with this id, or the one that took the place of it."""
        return self.reader.get(Participant, resolve(self.reader, id, self.rules.current_id))

    def _not_hidden(self, placements: Iterable[Placement]) -> list[Placement]:
        return newest_first(placement for placement in placements if not self._is_hidden(placement))

    def _passes(self, sees: Sees, placement: Placement) -> bool:
        partnership = self.reader.get(Partnership, placement.partnership_id) if placement.partnership_id else None
        return sees(self.provider_id, placement, partnership)

    def _is_hidden(self, placement: Placement) -> bool:
        record = self.reader.get(TrainingRecord, placement.training_record_id)
        return record is None or self.rules.hides(record)
