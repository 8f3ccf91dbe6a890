"""Whoever reads all they can, and follows every id they find, meets nothing of another provider's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest

from sandbox.model import (
    LIVE,
    UNVALIDATED,
    Declaration,
    DeliveryPartner,
    IdChange,
    Participant,
    Partnership,
    Placement,
    ProviderRelationship,
    Record,
    School,
    Statement,
    TrainingRecord,
)
from tests.api import PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.openapi.documents import Operation, document, operations
from tests.rules.access.crawler import Crawler, kinds, needs_cohort
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION

EVERY_PROVIDER = pytest.mark.parametrize("provider", PROVIDERS)
Ids = dict[type[Record], set[str]]


@dataclass(frozen=True)
class Allowed:
    """What a provider may be shown, told from the records by the rules of visibility and by nothing else."""

    world: World
    provider: str

    @cached_property
    def own(self) -> str:
        return Backstage(self.world).provider(self.provider).id

    def ids(self) -> Ids:
        """Everything, by its kind."""
        placements, declarations = list(self.placements()), [*self.declared(), *self.declared_by_others()]
        people = {(placement.participant_id, placement.mentor_id) for placement in placements}
        people |= {(declaration.participant_id, declaration.mentor_id) for declaration in declarations}
        partners = {declaration.delivery_partner_id for declaration in declarations}
        partners |= {partnership.delivery_partner_id for partnership in self.partnerships()}
        partners |= {relationship.delivery_partner_id for relationship in self.relationships()}
        owed = {id for each in declarations for id in (each.statement_id, each.clawback_statement_id)}
        return {
            Participant: {id for pair in people for id in pair if id},
            TrainingRecord: {placement.training_record_id for placement in placements},
            Declaration: {declaration.id for declaration in declarations},
            Statement: {statement.id for statement in self.statements()} | {id for id in owed if id},
            Partnership: {partnership.id for partnership in self.partnerships()},
            DeliveryPartner: {id for id in partners if id},
            School: {school.id for school in self.world.store.read().all(School)},
        }

    def placements(self) -> Iterator[Placement]:
        """Those through a partnership of its own that is not challenged, of whom the DfE has validated."""
        reader = self.world.store.read()
        through = {partnership.id for partnership in self.partnerships() if partnership.challenged_at is None}
        validated = {r.id for r in reader.all(TrainingRecord) if r.validation_status not in UNVALIDATED}
        for placement in reader.all(Placement):
            if placement.partnership_id in through and placement.training_record_id in validated:
                yield placement

    def declared(self) -> list[Declaration]:
        return [d for d in self.world.store.read().all(Declaration) if d.lead_provider_id == self.own]

    def declared_by_others(self) -> Iterator[Declaration]:
        """Of training that is now with it, or leaving it later than it was declared; while they are live."""
        placed: dict[str, list[Placement]] = {}
        for placement in self.placements():
            placed.setdefault(placement.training_record_id, []).append(placement)
        for declaration in self.world.store.read().all(Declaration):
            if declaration.lead_provider_id == self.own or declaration.state not in LIVE:
                continue
            for placement in placed.get(declaration.training_record_id, []):
                stays = placement.induction_status in ("active", "completed")
                leaves = placement.induction_status == "leaving" and placement.ends_on
                if stays or (leaves and declaration.declaration_date.date() <= leaves):
                    yield declaration

    def partnerships(self) -> list[Partnership]:
        return [p for p in self.world.store.read().all(Partnership) if p.lead_provider_id == self.own]

    def relationships(self) -> list[ProviderRelationship]:
        return [r for r in self.world.store.read().all(ProviderRelationship) if r.lead_provider_id == self.own]

    def statements(self) -> list[Statement]:
        return [s for s in self.world.store.read().all(Statement) if s.lead_provider_id == self.own]


def foreign(world: World, provider: str) -> dict[type[Record], str]:
    """One thing of each kind that a provider must not be shown."""
    allowed = Allowed(world, provider).ids()
    others = {kind: id for id, kind in kinds(world).items() if id not in allowed.get(kind, {id})}
    return others | {Participant: sorted({p.id for p in world.store.read().all(Participant)} - allowed[Participant])[0]}


def about_one(version: str) -> list[Operation]:
    """The operations of a version that name a record in their path."""
    return [operation for operation in operations(document(version)) if "{id}" in operation.path]


@EVERY_PROVIDER
@accepts(
    "auth.one-provider",
    "vis.participant",
    "vis.validated-only",
    "vis.declaration",
    "vis.statement",
    "vis.partnership",
    "vis.delivery-partner",
)
def test_nothing_of_anothers_is_met_and_everything_of_ones_own(provider: str) -> None:
    world = World()
    shown, known = Crawler(world, provider).crawl(), kinds(world)
    allowed = Allowed(world, provider)
    of_kinds = allowed.ids()
    for kind, ids in of_kinds.items():
        met = {id for id in shown if known.get(id) is kind}
        assert met <= ids, f"shown of {kind.__name__}: {met - ids}"
    retired = {change.from_participant_id for change in world.store.read().all(IdChange)}
    assert {id for id in shown if known.get(id) not in of_kinds} <= retired
    assert {placement.participant_id for placement in allowed.placements()} <= shown
    assert {declaration.id for declaration in (*allowed.declared(), *allowed.declared_by_others())} <= shown
    assert {statement.id for statement in allowed.statements() if statement.output} <= shown
    assert {partnership.id for partnership in allowed.partnerships() if not partnership.relationship} <= shown
    assert {relationship.delivery_partner_id for relationship in allowed.relationships()} <= shown


@EVERY_VERSION
@EVERY_PROVIDER
@refuses("path.unknown", "vis.participant")
@accepts("auth.one-provider")
def test_whatever_is_asked_about_anothers_is_refused_and_changes_nothing(version: str, provider: str) -> None:
    world = World()
    api = world.api(version, provider)
    for kind, id in foreign(world, provider).items():
        for operation in about_one(version):
            path = operation.path.replace("{id}", id)
            if operation.method == "GET":
                query = {"filter[cohort]": "2024"} if needs_cohort(version, operation.path) else {}
                assert refusal(api, Api.get, path, **query) == NOT_FOUND, f"{kind.__name__} at {path}"
            else:
                refused = refusal(api, Api.send, operation.method, path, json=everything(world))
                assert refused.status in (404, 422), f"{kind.__name__} at {path}"


@EVERY_VERSION
@EVERY_PROVIDER
@accepts("auth.one-provider")
def test_a_filter_by_anothers_ids_finds_nothing(version: str, provider: str) -> None:
    world = World()
    api, others = world.api(version, provider), foreign(world, provider)
    assert api.get("/participant-declarations", **{"filter[participant_id]": others[Participant]}).data == []
    if version == "v3":
        for path in ("/participant-declarations", "/partnerships/ecf"):
            assert api.get(path, **{"filter[delivery_partner_id]": others[DeliveryPartner]}).data == []


@EVERY_VERSION
@EVERY_PROVIDER
@refuses("path.unknown")
def test_a_declaration_of_anothers_that_one_may_see_is_not_ones_own_to_void(version: str, provider: str) -> None:
    world = World()
    seen = list(Allowed(world, provider).declared_by_others())
    assert seen or provider == "meadow"
    for declaration in seen:
        assert refusal(world.api(version, provider), Api.void, declaration.id) == NOT_FOUND


def everything(world: World) -> dict[str, Any]:
    """A body with all that any change wants."""
    attributes = {
        "course_identifier": "ecf-induction",
        "reason": "other",
        "schedule_identifier": "ecf-reduced-september",
        "delivery_partner_id": Backstage(world).partnerships("northgate", "2024")[0].delivery_partner_id,
    }
    return {"data": {"attributes": attributes}}
