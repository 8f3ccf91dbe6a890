"""What has been declared, as far as a provider sees it: what `GET /participant-declarations` shows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from sandbox.actions.ordered_index import OrderedIndex, SortedBy
from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.people import latest_of_each, trainings_of
from sandbox.editions.register.rules.book import ListingRules
from sandbox.editions.register.rules.training import COURSES
from sandbox.model import Declaration, TrainingPeriod
from sandbox.rules.reading import Page, in_order
from sandbox.rules.rule import rule
from sandbox.store.protocol import Reader


class DeclarationFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which declarations are asked for; None filters nothing."""

    participant_ids: frozenset[str] | None = None
    cohorts: frozenset[str] | None = None
    delivery_partner_ids: frozenset[str] | None = None
    updated_since: datetime | None = None


class Entry(msgspec.Struct, frozen=True, eq=False):
    """A declaration that a provider sees; `cached` is what was made of it to show."""

    declaration: Declaration
    cached: dict[Hashable, Any] = msgspec.field(default_factory=dict)


SORTED_BY: Final[SortedBy[Entry]] = {
    "created_at": lambda entry: entry.declaration.created_at,
    "updated_at": lambda entry: entry.declaration.updated_at,
    "id": lambda entry: entry.declaration.id,
}


class Ledger(msgspec.Struct, frozen=True):
    """Every declaration that a provider sees, by the person it is about (vis.declaration)."""

    reader: Reader
    rules: ListingRules
    entries: OrderedIndex[Sequence[Entry]]

    @classmethod
    def of(cls, reader: Reader, call: Call) -> Ledger:
        """As the provider that makes a call sees them."""
        sees = call.rules.payments.sees_declaration

        def look(teacher_id: str) -> Sequence[Entry] | None:
            latest = {each.role: each for each in latest_of_each(call, trainings_of(reader, teacher_id))}
            about = reader.find(Declaration, participant_id=teacher_id)
            seen = [
                Entry(each)
                for each in about
                if sees(call.provider.id, each, latest.get(COURSES[each.course_identifier]))
            ]
            return seen or None

        def everyone() -> Iterator[tuple[str, Sequence[Entry]]]:
            own = reader.find(Declaration, lead_provider_id=call.provider.id)
            trained = reader.find(TrainingPeriod, lead_provider_id=call.provider.id)
            about = (*(each.participant_id for each in own), *(each.teacher_id for each in trained))
            for id in dict.fromkeys(about):
                if entries := look(id):
                    yield id, entries

        return cls(reader, call.rules.listing, OrderedIndex(everyone, look))

    def list(self, wanted: DeclarationFilter, page: Page) -> Sequence[Entry]:
        """One page of declarations, oldest first."""

        def lines_of(entries: Sequence[Entry]) -> Iterator[Entry]:
            return (entry for entry in entries if self._is_of(entry, wanted))

        asked = wanted.cohorts, wanted.delivery_partner_ids
        if wanted.participant_ids is not None:
            about = (entry for id in wanted.participant_ids for entry in self.entries.get(id) or ())
            kept = (each for each in about if self._is_of(each, wanted) and self._has_changed(each, wanted))
            found: Sequence[Entry] = in_order(kept, None, SORTED_BY)
        elif wanted.updated_since is None:
            found = self.entries.lines(asked, lines_of, None, SORTED_BY)
        else:
            found = self.entries.changed(
                asked, lines_of, None, SORTED_BY, lambda entry: self._has_changed(entry, wanted), page
            )
        return self.rules.page_of(found, page)

    @rule("read.single-unfiltered")
    def one(self, declaration_id: str) -> Entry | None:
        """One declaration, whatever is filtered (read.single-unfiltered)."""
        declaration = self.reader.get(Declaration, declaration_id)
        about = (self.entries.get(declaration.participant_id) if declaration else None) or ()
        return next((entry for entry in about if entry.declaration is declaration), None)

    def _is_of(self, entry: Entry, wanted: DeclarationFilter) -> bool:
        """True for a declaration of the cohorts and delivery partners asked for."""
        declaration, is_among = entry.declaration, self.rules.is_among
        return is_among(declaration.cohort, wanted.cohorts) and is_among(
            declaration.delivery_partner_id, wanted.delivery_partner_ids
        )

    def _has_changed(self, entry: Entry, wanted: DeclarationFilter) -> bool:
        return self.rules.changed_since(entry.declaration.updated_at, wanted.updated_since)
