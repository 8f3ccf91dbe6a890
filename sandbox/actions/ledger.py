"""What has been declared, as far as a provider sees it: what `GET /participant-declarations` shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sandbox.actions.call import Call
from sandbox.actions.sight import Sight
from sandbox.model import Declaration, DeclarationShown, LeadProvider, Placement
from sandbox.rules.reading import Page, changed_after, changed_since, is_among, page_of
from sandbox.rules.visibility import sees_declaration
from sandbox.store.protocol import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationFilter:
    """Which declarations are asked for; None filters nothing. `leavers`: as v3 sees those about people who leave."""

    participant_ids: frozenset[str] | None = None
    cohorts: frozenset[str] | None = None
    delivery_partner_ids: frozenset[str] | None = None
    changed_since: datetime | None = None
    changed_after: datetime | None = None
    leavers: bool = False


def declarations(
    reader: Reader, call: Call, wanted: DeclarationFilter, page: Page | None
) -> Sequence[DeclarationShown]:
    """One page of declarations, oldest first; all of them without a page."""
    found = [declaration for declaration in _seen(reader, call, wanted.leavers) if _is_wanted(declaration, wanted)]
    found.sort(key=lambda declaration: (declaration.created_at, declaration.id))
    return [shown(reader, declaration) for declaration in (found if page is None else page_of(found, page))]


def declaration(reader: Reader, call: Call, declaration_id: str, wanted: DeclarationFilter) -> DeclarationShown | None:
    """One declaration, if the provider sees it and the filter lets it through."""
    found = reader.get(Declaration, declaration_id.lower())
    if found is None or not _is_wanted(found, wanted):
        return None
    placements = Sight.of(reader, call).placements(found.participant_id)
    if not sees_declaration(call.provider.id, found, placements, leavers=wanted.leavers):
        return None
    return shown(reader, found)


def shown(reader: Reader, declaration: Declaration) -> DeclarationShown:
    """A declaration with the name of the provider that made it."""
    provider = reader.get(LeadProvider, declaration.lead_provider_id)
    return DeclarationShown(declaration=declaration, lead_provider_name=provider.name if provider else "")


def _seen(reader: Reader, call: Call, leavers: bool) -> Iterator[Declaration]:
    """The provider's own declarations, then those of others about people placed with it."""
    yield from reader.find(Declaration, lead_provider_id=call.provider.id)
    for participant_id, placements in Sight.of(reader, call).all_placements().items():
        yield from _of_others(reader, call.provider.id, participant_id, placements, leavers)


def _of_others(
    reader: Reader, provider_id: str, participant_id: str, placements: list[Placement], leavers: bool
) -> Iterator[Declaration]:
    for declaration in reader.find(Declaration, participant_id=participant_id):
        made_by_another = declaration.lead_provider_id != provider_id
        if made_by_another and sees_declaration(provider_id, declaration, placements, leavers=leavers):
            yield declaration


def _is_wanted(declaration: Declaration, wanted: DeclarationFilter) -> bool:
    return (
        is_among(declaration.participant_id, wanted.participant_ids)
        and is_among(declaration.cohort, wanted.cohorts)
        and is_among(declaration.delivery_partner_id, wanted.delivery_partner_ids)
        and changed_since(declaration.updated_at, wanted.changed_since)
        and changed_after(declaration.updated_at, wanted.changed_after)
    )
