"""Whom and what an event means: the records behind the names that seed files use."""

from __future__ import annotations

from sandbox.actors.impossible import Impossible
from sandbox.model import (
    Declaration,
    DeliveryPartner,
    LeadProvider,
    Participant,
    ParticipantType,
    Placement,
    School,
    TrainingRecord,
)
from sandbox.rules.visibility import newest_first
from sandbox.seeding.ids import school_id
from sandbox.seeding.seeds import Person, ProvidersSeed
from sandbox.store.protocol import Reader


class SeedLookup:
    """Finds what is named, as things stand. Raises Impossible when there is no such thing."""

    def __init__(self, reader: Reader, organisations: ProvidersSeed) -> None:
        self._reader = reader
        self._providers = {seed.key: seed.id for seed in organisations.providers}
        self._delivery_partners = {seed.key: seed.id for seed in organisations.delivery_partners}

    def school(self, urn: str) -> School:
        """The school with a URN."""
        found = self._reader.get(School, school_id(urn))
        if found is None:
            raise Impossible(f"there is no school {urn}: schools.yaml has those there are")
        return found

    def provider(self, key: str) -> LeadProvider:
        """The lead provider that seed files call by this short name."""
        found = self._reader.get(LeadProvider, self._providers.get(key, ""))
        if found is None:
            raise Impossible(f"there is no lead provider {key!r}: there are {', '.join(self._providers)}")
        return found

    def delivery_partner(self, key: str) -> DeliveryPartner:
        """The delivery partner that seed files call by this short name."""
        found = self._reader.get(DeliveryPartner, self._delivery_partners.get(key, ""))
        if found is None:
            raise Impossible(f"there is no delivery partner {key!r}: there are {', '.join(self._delivery_partners)}")
        return found

    def participant(self, id: str) -> Participant:
        """Someone who has been registered."""
        found = self._reader.get(Participant, id)
        if found is None:
            raise Impossible(f"nobody with the id {id} is registered")
        return found

    def record(self, person: Person, role: ParticipantType | None) -> TrainingRecord:
        """A person's training record: the only one, or the one for this role."""
        records = self._reader.find(TrainingRecord, participant_id=person.id)
        wanted = [record for record in records if role in (None, record.participant_type)]
        if not wanted:
            raise Impossible(f"{person.name} is not registered as {role or 'anything'}")
        if len(wanted) > 1:
            raise Impossible(f"{person.name} is registered as two things: say which with `as`")
        return wanted[0]

    def placement(self, person: Person, role: ParticipantType | None, urn: str | None = None) -> Placement:
        """A person's newest placement, at one school if that is named."""
        record = self.record(person, role)
        for placement in newest_first(self._reader.find(Placement, training_record_id=record.id)):
            if urn is None or placement.school_id == school_id(urn):
                return placement
        raise Impossible(f"{person.name} is not at the school {urn}")

    def trainer(self, placement: Placement, key: str | None) -> LeadProvider:
        """The provider that acts for someone: the one named, or else the one that the placement is with."""
        if key is not None:
            return self.provider(key)
        found = self._reader.get(LeadProvider, placement.lead_provider_id) if placement.lead_provider_id else None
        if found is None:
            raise Impossible("the newest placement is with no lead provider: say which one acts with `by`")
        return found

    def declaration(self, record: TrainingRecord, provider: LeadProvider, type: str) -> Declaration:
        """The newest declaration of a type that a provider made of someone and has not voided."""
        for declaration in reversed(self._reader.find(Declaration, participant_id=record.participant_id)):
            about = (declaration.training_record_id, declaration.lead_provider_id, declaration.declaration_type)
            if about == (record.id, provider.id, type) and declaration.state != "voided":
                return declaration
        raise Impossible(f"{provider.name} has declared no {type}")
