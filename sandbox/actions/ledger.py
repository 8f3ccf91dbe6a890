"""What has been declared, as far as a provider sees it: what `GET /participant-declarations` shows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

import msgspec

from sandbox.actions.call import Call
from sandbox.actions.ordered_index import OrderedIndex, SortedBy
from sandbox.actions.provider_view import ProviderView
from sandbox.model import Declaration, LeadProvider, Placement, PresentedDeclaration
from sandbox.rules.book import ReadingRules
from sandbox.rules.reading import Page
from sandbox.store.protocol import Reader


class DeclarationFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which declarations are asked for; None filters nothing."""

    participant_ids: frozenset[str] | None = None
    cohorts: frozenset[str] | None = None
    delivery_partner_ids: frozenset[str] | None = None
    changed_since: datetime | None = None
    changed_after: datetime | None = None


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
    """Every declaration that a provider sees, by the participant it is about."""

    reader: Reader
    rules: ReadingRules
    entries: OrderedIndex[Sequence[Entry]]

    @classmethod
    def of(cls, reader: Reader, call: Call, *, leavers: bool) -> Ledger:
        """As the provider that makes a call sees them. `leavers`: as v3 does those about people who leave."""

        def seen(participant_id: str, placements: Sequence[Placement]) -> list[Entry]:
            about = reader.find(Declaration, participant_id=participant_id)
            sees = call.rules.visibility.sees_declaration
            return [Entry(each) for each in about if sees(call.provider.id, each, placements, leavers=leavers)]

        def everyone() -> Iterator[tuple[str, Sequence[Entry]]]:
            placed = ProviderView.of(reader, call).all_placements()
            own = (
                declaration.participant_id
                for declaration in reader.find(Declaration, lead_provider_id=call.provider.id)
            )
            for id in dict.fromkeys((*own, *placed)):
                if entries := seen(id, placed.get(id, ())):
                    yield id, entries

        def look(participant_id: str) -> Sequence[Entry] | None:
            return seen(participant_id, ProviderView.of(reader, call).placements(participant_id)) or None

        return cls(reader, call.rules.reading, OrderedIndex(everyone, look))

    def list(self, wanted: DeclarationFilter, page: Page | None) -> Sequence[Entry]:
        """One page of declarations, oldest first; all of them without a page."""

        def lines_of(entries: Sequence[Entry]) -> Iterator[Entry]:
            return (entry for entry in entries if _is_of(self.rules, entry.declaration, wanted))

        asked = wanted.cohorts, wanted.delivery_partner_ids
        if wanted.participant_ids is not None:
            about = (entry for id in wanted.participant_ids for entry in self.entries.get(id) or ())
            found: Sequence[Entry] = self.rules.in_order(
                (e for e in about if _is_wanted(self.rules, e, wanted)), None, SORTED_BY
            )
        elif wanted.changed_since is None and wanted.changed_after is None:
            found = self.entries.lines(asked, lines_of, None, SORTED_BY)
        else:
            is_changed = partial(_is_changed, self.rules, wanted=wanted)
            found = self.entries.changed(asked, lines_of, None, SORTED_BY, is_changed, page)
        return found if page is None else self.rules.page_of(found, page)

    def one(self, declaration_id: str, wanted: DeclarationFilter) -> Entry | None:
        """One declaration, if the provider sees it and the filter lets it through."""
        declaration = self.reader.get(Declaration, declaration_id)
        about = (self.entries.get(declaration.participant_id) if declaration else None) or ()
        found = next((entry for entry in about if entry.declaration is declaration), None)
        return found if found is not None and _is_wanted(self.rules, found, wanted) else None


def presented(reader: Reader, declaration: Declaration) -> PresentedDeclaration:
    """A declaration with the name of the provider that made it."""
    provider = reader.get(LeadProvider, declaration.lead_provider_id)
    return PresentedDeclaration(declaration=declaration, lead_provider_name=provider.name if provider else "")


def _is_wanted(rules: ReadingRules, entry: Entry, wanted: DeclarationFilter) -> bool:
    return (
        rules.is_among(entry.declaration.participant_id, wanted.participant_ids)
        and _is_of(rules, entry.declaration, wanted)
        and _is_changed(rules, entry, wanted)
    )


def _is_of(rules: ReadingRules, declaration: Declaration, wanted: DeclarationFilter) -> bool:
    """True for a declaration of the cohorts and delivery partners asked for."""
    return rules.is_among(declaration.cohort, wanted.cohorts) and rules.is_among(
        declaration.delivery_partner_id, wanted.delivery_partner_ids
    )


def _is_changed(rules: ReadingRules, entry: Entry, wanted: DeclarationFilter) -> bool:
    at = entry.declaration.updated_at
    return rules.changed_since(at, wanted.changed_since) and rules.changed_after(at, wanted.changed_after)
