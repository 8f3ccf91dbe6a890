"""Who is in training with a provider: what `GET /participants/ecf` shows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec

from sandbox.actions.call import Call
from sandbox.actions.enrolments import newest_of_each, participant_of
from sandbox.actions.identity import id_changes_of, resolve
from sandbox.actions.ordered_index import OrderedIndex, SortedBy
from sandbox.actions.provider_view import ProviderView
from sandbox.model import (
    Participant,
    Placement,
    Schedule,
    TrainingRecord,
)
from sandbox.rules.book import ReadingRules
from sandbox.rules.reading import Page
from sandbox.store.protocol import Reader


class ParticipantFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which participants are asked for; None filters nothing."""

    cohorts: frozenset[str] | None = None
    updated_since: datetime | None = None
    training_status: str | None = None
    from_participant_id: str | None = None


class Trainee(msgspec.Struct, frozen=True, eq=False):
    """A participant and their placements with one provider, newest first; `cached` is what was made of them to show."""

    participant: Participant
    placements: Sequence[Placement]
    cached: dict[Hashable, Any] = msgspec.field(default_factory=dict)


class Enlisted(NamedTuple):
    """One of a trainee's placements, as v1 and v2 list them."""

    trainee: Trainee
    placement: Placement


PEOPLE_SORTED_BY: Final[SortedBy[Trainee]] = {
    "created_at": lambda trainee: trainee.participant.created_at,
    "updated_at": lambda trainee: trainee.participant.updated_at,
    "id": lambda trainee: trainee.participant.id,
}
ENLISTED_SORTED_BY: Final[SortedBy[Enlisted]] = {
    "created_at": lambda line: line.trainee.participant.created_at,
    "updated_at": lambda line: line.trainee.participant.updated_at,
    "id": lambda line: (line.trainee.participant.id, line.placement.training_record_id),
}


class Roster(msgspec.Struct, frozen=True):
    """Everyone that a provider sees in training."""

    reader: Reader
    rules: ReadingRules
    trainees: OrderedIndex[Trainee]

    @classmethod
    def of(cls, reader: Reader, call: Call) -> Roster:
        """As the provider that makes a call sees them."""

        def everyone() -> Iterator[tuple[str, Trainee]]:
            for id, placements in ProviderView.of(reader, call).all_placements().items():
                yield id, Trainee(participant_of(reader, id), placements)

        def look(participant_id: str) -> Trainee | None:
            placements = ProviderView.of(reader, call).placements(participant_id)
            return Trainee(participant_of(reader, participant_id), placements) if placements else None

        return cls(reader, call.rules.reading, OrderedIndex(everyone, look))

    def enlisted(self, wanted: ParticipantFilter, page: Page | None) -> Sequence[Enlisted]:
        """One page of placements as v1 and v2 list them; all of them without a page.

        Of each training record the newest placement among those in the cohorts asked for (read.cohort-filter). The
        oldest participants first, or those that changed first when the filter asks for changes.
        """

        def lines_of(trainee: Trainee) -> Iterator[Enlisted]:
            return (Enlisted(trainee, placement) for placement in self._in_cohorts(trainee, wanted.cohorts))

        asked = "enlisted", wanted.cohorts
        if wanted.updated_since is None:
            found = self.trainees.lines(asked, lines_of, None, ENLISTED_SORTED_BY)
        else:
            is_changed = self._changed(wanted.updated_since)
            found = self.trainees.changed(
                asked, lines_of, "updated_at", ENLISTED_SORTED_BY, lambda line: is_changed(line.trainee), page
            )
        return found if page is None else self.rules.page_of(found, page)

    def one_enlisted(self, participant_id: str, wanted: ParticipantFilter) -> Enlisted | None:
        """A participant's placement as v1 and v2 show one: the ECT's, of someone who has been both, and the oldest."""
        trainee = self.trainees.get(participant_id)
        if trainee is None or not self.rules.changed_since(trainee.participant.updated_at, wanted.updated_since):
            return None
        found = (Enlisted(trainee, placement) for placement in self._in_cohorts(trainee, wanted.cohorts))

        def order(line: Enlisted) -> tuple[bool, datetime]:
            record = self._record(line.placement)
            return record.participant_type != "ect", record.created_at

        return min(found, key=order, default=None)

    def people(self, wanted: ParticipantFilter, sort: str | None, page: Page | None) -> Sequence[Trainee]:
        """One page of people as v3 lists them; all of them without a page."""

        def lines_of(trainee: Trainee) -> tuple[Trainee, ...]:
            return (trainee,) if self._has_wanted_training(trainee, wanted) else ()

        asked = "people", wanted.cohorts, wanted.training_status
        if wanted.from_participant_id is not None:
            found: Sequence[Trainee] = self._replacing(wanted)
        elif wanted.updated_since is None:
            found = self.trainees.lines(asked, lines_of, sort, PEOPLE_SORTED_BY)
        else:
            is_changed = self._changed(wanted.updated_since)
            found = self.trainees.changed(asked, lines_of, sort, PEOPLE_SORTED_BY, is_changed, page)
        return found if page is None else self.rules.page_of(found, page)

    def one(self, participant_id: str, wanted: ParticipantFilter) -> Trainee | None:
        """One person as v3 shows them, if the filter lets them through."""
        trainee = self.trainees.get(participant_id)
        return trainee if trainee is not None and self._is_wanted(trainee, wanted) else None

    def _replacing(self, wanted: ParticipantFilter) -> list[Trainee]:
        """Who took the place of the retired id that is asked for: one, if anybody."""
        if wanted.from_participant_id is None:
            return []
        found = self.one(resolve(self.reader, wanted.from_participant_id), wanted)
        return [found] if found is not None else []

    def _is_wanted(self, trainee: Trainee, wanted: ParticipantFilter) -> bool:
        """True when the filter lets a person through."""
        return (
            self.rules.changed_since(trainee.participant.updated_at, wanted.updated_since)
            and self.rules.replaced(id_changes_of(self.reader, trainee.participant.id), wanted.from_participant_id)
            and self._has_wanted_training(trainee, wanted)
        )

    def _has_wanted_training(self, trainee: Trainee, wanted: ParticipantFilter) -> bool:
        """True when the newest placement of one training record is of the cohorts asked for, and of the status too.

        An older placement's cohort counts for nothing, nor does the status of someone's other training.
        """
        newest = newest_of_each(trainee.placements)
        in_them = [placement for placement in newest if self.rules.in_cohorts(self._cohort(placement), wanted.cohorts)]
        return bool(in_them) and self.rules.has_training_status(in_them, wanted.training_status)

    def _in_cohorts(self, trainee: Trainee, cohorts: frozenset[str] | None) -> list[Placement]:
        return newest_of_each(p for p in trainee.placements if self.rules.in_cohorts(self._cohort(p), cohorts))

    def _cohort(self, placement: Placement) -> str:
        """The cohort that filters compare: the schedule's, not the school programme's."""
        schedule = self.reader.get(Schedule, placement.schedule_id)
        return schedule.cohort if schedule else placement.cohort

    def _record(self, placement: Placement) -> TrainingRecord:
        record = self.reader.get(TrainingRecord, placement.training_record_id)
        if record is None:
            raise LookupError(f"placement {placement.id} is of a training record that is not there")
        return record

    def _changed(self, since: datetime) -> Callable[[Trainee], bool]:
        return lambda trainee: self.rules.changed_since(trainee.participant.updated_at, since)
