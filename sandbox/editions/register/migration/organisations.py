"""Lead providers, delivery partners, schools, partnerships and statements: they stay what they are, ids included."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from typing import Final

from msgspec.structs import replace

from sandbox.editions.register.migration.account import Account
from sandbox.editions.register.migration.calendar import BEFORE_REGISTER
from sandbox.editions.register.seeding.seeds import read_organisations
from sandbox.model import (
    ApiToken,
    ContractPeriod,
    DeliveryPartner,
    LeadProvider,
    Partnership,
    Placement,
    ProviderRelationship,
    Record,
    School,
    SchoolFunding,
    Statement,
    TrainingRecord,
)
from sandbox.seeding.ids import named
from sandbox.store.protocol import Reader

CHALLENGED: Final = "a school challenged it and nobody was trained through it: Register has no challenges"
TWICE: Final = "the school has the same provider and delivery partner in the cohort already: they are one there"


def organisations(reader: Reader) -> Iterator[Record]:
    """Who provides and delivers training, and the providers' tokens: those they had, and those of Register."""
    known = {provider.name: provider.token for provider in read_organisations().providers}
    for provider in reader.all(LeadProvider):
        yield provider
        if provider.name in known:
            yield ApiToken(id=sha256(known[provider.name].encode()).hexdigest(), lead_provider_id=provider.id)
    yield from reader.all(ApiToken)
    yield from reader.all(DeliveryPartner)


def links(
    reader: Reader, cohorts: Collection[str], partnerships: Collection[Partnership], account: Account
) -> Iterator[ProviderRelationship]:
    """Who works with whom in each cohort; whoever has a partnership together does."""
    known = set()
    for link in reader.all(ProviderRelationship):
        if link.cohort in cohorts:
            known.add((link.lead_provider_id, link.delivery_partner_id, link.cohort))
            yield link
        else:
            account.leave("delivery links", link.id, BEFORE_REGISTER)
    for each in partnerships:
        link_of = each.lead_provider_id, each.delivery_partner_id, each.cohort
        if link_of not in known:
            known.add(link_of)
            provider, partner, cohort = link_of
            yield ProviderRelationship(
                id=named("migration", "link", *link_of),
                lead_provider_id=provider,
                delivery_partner_id=partner,
                cohort=cohort,
            )


def schools(reader: Reader, account: Account) -> Iterator[School]:
    """Every school, without the programmes it chose: Register works them out of who is registered."""
    for school in reader.all(School):
        if school.programmes:
            account.alter("schools", school.id, "Register works out a school's programme from who is registered there")
        yield replace(school, programmes={}, programmes_updated_at={}, school_led_only=False)


def funding(reader: Reader, cohorts: Mapping[str, ContractPeriod]) -> Iterator[SchoolFunding]:
    """What schools get on top in the cohorts that have uplifts: of the school, or of somebody trained there."""
    uplifted = [cohort.id for cohort in cohorts.values() if cohort.uplift_fees]
    records = {record.id: record for record in reader.all(TrainingRecord)}
    found = {
        (cohort, school.id): (school.pupil_premium, school.sparsity)
        for school in reader.all(School)
        for cohort in uplifted
    }
    for placement in reader.all(Placement):
        record, row = records.get(placement.training_record_id), (placement.cohort, placement.school_id)
        if record is not None and row in found:
            premium, sparsity = found[row]
            found[row] = premium or record.pupil_premium_uplift, sparsity or record.sparsity_uplift
    urns = {school.id: school.urn for school in reader.all(School)}
    for (cohort, school_id), (premium, sparsity) in found.items():
        if premium or sparsity:
            yield SchoolFunding(id=f"{cohort}/{urns[school_id]}", pupil_premium=premium, sparsity=sparsity)


def partnerships(reader: Reader, cohorts: Collection[str], account: Account) -> Mapping[str, Partnership]:
    """What each partnership of ECF is in Register, by its id there: of equal ones the first that stands."""
    trained = {placement.partnership_id for placement in reader.all(Placement)}
    standing: dict[tuple[str, str, str, str], Partnership] = {}
    carried: dict[str, Partnership] = {}
    ordered = sorted(
        reader.all(Partnership), key=lambda each: (each.challenged_at is not None, each.created_at, each.id)
    )
    for each in ordered:
        if each.cohort not in cohorts:
            account.leave("partnerships", each.id, BEFORE_REGISTER)
            continue
        if each.challenged_at is not None and each.id not in trained:
            account.leave("partnerships", each.id, CHALLENGED)
            continue
        same = each.school_id, each.cohort, each.lead_provider_id, each.delivery_partner_id
        if same in standing:
            account.leave("partnerships", each.id, TWICE)
        elif each.challenged_at is not None:
            account.alter("partnerships", each.id, "it stands again: Register has no challenges")
        carried[each.id] = standing.setdefault(
            same, replace(each, relationship=False, challenged_at=None, challenged_reason=None)
        )
    return carried


def statements(reader: Reader, cohorts: Collection[str], account: Account) -> Iterator[Statement]:
    """Every statement of these cohorts, as it stands."""
    for statement in reader.all(Statement):
        if statement.cohort in cohorts:
            yield statement
        else:
            account.leave("statements", statement.id, BEFORE_REGISTER)
