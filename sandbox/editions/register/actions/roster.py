"""Who is, or was, in training with a provider: what `GET /participants` shows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from sandbox.actions.ordered_index import OrderedIndex, SortedBy
from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.people import latest_of_each, teacher_of, trainings_of
from sandbox.editions.register.rules.book import ListingRules
from sandbox.model import IdChange, Teacher, TrainingPeriod
from sandbox.rules.reading import Page
from sandbox.store.protocol import Reader


class ParticipantFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which participants are asked for; None filters nothing."""

    cohorts: frozenset[str] | None = None
    updated_since: datetime | None = None
    training_status: str | None = None
    from_participant_id: str | None = None


class Trainee(msgspec.Struct, frozen=True, eq=False):
    """A person and the provider's latest trainings of them; `cached` is what was made of that to show."""

    teacher: Teacher
    trainings: Sequence[TrainingPeriod]
    cached: dict[Hashable, Any] = msgspec.field(default_factory=dict)


def nulls_last(value: str | None) -> tuple[bool, str]:
    """Where what may be missing belongs among its like."""
    return value is None, value or ""


TEACHERS_SORTED_BY: Final[dict[str, Callable[[Teacher], Any]]] = {
    "created_at": lambda teacher: teacher.created_at,
    "updated_at": lambda teacher: teacher.updated_at,
    "id": lambda teacher: (teacher.created_at, teacher.id),
    "api_id": lambda teacher: teacher.id,
    "trn": lambda teacher: nulls_last(teacher.trn),
    "corrected_name": lambda teacher: nulls_last(teacher.corrected_name),
}
"""What lists of people can be sorted by (read.sort). The service numbers records: its `id` is the order of making."""

TRAINEES_SORTED_BY: Final[SortedBy[Trainee]] = {
    name: lambda trainee, key=key: key(trainee.teacher)  # type: ignore[misc]
    for name, key in TEACHERS_SORTED_BY.items()
}


class Roster(msgspec.Struct, frozen=True):
    """Everyone whom a provider trains or has trained (vis.participant)."""

    reader: Reader
    rules: ListingRules
    trainees: OrderedIndex[Trainee]

    @classmethod
    def of(cls, reader: Reader, call: Call) -> Roster:
        """As the provider that makes a call sees them."""

        def look(teacher_id: str) -> Trainee | None:
            trainings = latest_of_each(call, trainings_of(reader, teacher_id))
            return Trainee(teacher_of(reader, teacher_id), trainings) if trainings else None

        def everyone() -> Iterator[tuple[str, Trainee]]:
            theirs = reader.find(TrainingPeriod, lead_provider_id=call.provider.id)
            for id in dict.fromkeys(training.teacher_id for training in theirs):
                trainee = look(id)
                if trainee is not None:
                    yield id, trainee

        return cls(reader, call.rules.listing, OrderedIndex(everyone, look))

    def people(self, wanted: ParticipantFilter, sort: str | None, page: Page) -> Sequence[Trainee]:
        """One page of people, oldest first unless sorted otherwise."""

        def lines_of(trainee: Trainee) -> tuple[Trainee, ...]:
            return (trainee,) if self._is_wanted(trainee, wanted) else ()

        asked = "people", wanted.cohorts, wanted.training_status
        if wanted.from_participant_id is not None:
            found: Sequence[Trainee] = self._replacing(wanted)
        elif wanted.updated_since is None:
            found = self.trainees.lines(asked, lines_of, sort, TRAINEES_SORTED_BY)
        else:
            found = self.trainees.changed(
                asked, lines_of, sort, TRAINEES_SORTED_BY, lambda trainee: self._has_changed(trainee, wanted), page
            )
        return self.rules.page_of(found, page)

    def one(self, teacher_id: str) -> Trainee | None:
        """One person, whatever is filtered (read.single-unfiltered)."""
        return self.trainees.get(teacher_id)

    def _replacing(self, wanted: ParticipantFilter) -> list[Trainee]:
        """Who took the place of the retired id that is asked for: one, if anybody (read.from-participant-id).

        Whoever took it and was replaced in turn is there no more.
        """
        changes = self.reader.find(IdChange, from_participant_id=wanted.from_participant_id or "")
        found = (self.one(change.to_participant_id) for change in changes)
        return [each for each in found if each and self._is_wanted(each, wanted) and self._has_changed(each, wanted)]

    def _is_wanted(self, trainee: Trainee, wanted: ParticipantFilter) -> bool:
        """True when one of somebody's trainings is of the cohorts asked for, and one has the status."""
        in_cohorts = wanted.cohorts is None or any(each.cohort in wanted.cohorts for each in trainee.trainings)
        return in_cohorts and self.rules.has_status(trainee.trainings, wanted.training_status)

    def _has_changed(self, trainee: Trainee, wanted: ParticipantFilter) -> bool:
        return self.rules.changed_since(trainee.teacher.updated_at, wanted.updated_since)
