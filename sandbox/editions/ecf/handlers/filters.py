"""What the filters of a query string ask the actions for."""

from __future__ import annotations

from typing import Final

from sandbox.actions.ledger import DeclarationFilter
from sandbox.actions.partnerships import PartnershipFilter
from sandbox.actions.roster import ParticipantFilter
from sandbox.actions.schools import SchoolFilter
from sandbox.actions.statements import StatementFilter
from sandbox.edge.provider.query import Query

ANYBODY: Final = ParticipantFilter()


def participants(query: Query) -> ParticipantFilter:
    """Which participants are asked for; the last two are v3's alone."""
    if not query.filter:
        return ANYBODY
    retired_id = query.text("from_participant_id")
    return ParticipantFilter(
        cohorts=query.years("cohort"),
        updated_since=query.time("updated_since"),
        training_status=query.text("training_status"),
        from_participant_id=query.spelling.id(retired_id) if retired_id else None,
    )


def flat_declarations(query: Query) -> DeclarationFilter:
    """Which declarations v1 and v2 are asked for: of one participant, changed after a time."""
    return DeclarationFilter(
        participant_ids=query.ids("participant_id"),
        changed_after=query.time("updated_since"),
    )


def declarations(query: Query) -> DeclarationFilter:
    """Which declarations v3 is asked for: of several participants, cohorts and partners, changed at a time or later."""
    return DeclarationFilter(
        participant_ids=query.ids("participant_id"),
        cohorts=query.years("cohort"),
        delivery_partner_ids=query.ids("delivery_partner_id"),
        changed_since=query.time("updated_since"),
    )


def statements(query: Query) -> StatementFilter:
    """Which statements are asked for."""
    return StatementFilter(
        cohorts=query.years("cohort"),
        type=query.text("type"),
        updated_since=query.time("updated_since"),
    )


def schools(query: Query) -> SchoolFilter:
    """Which schools are asked for, and as of which cohort: of several the first counts."""
    return SchoolFilter(
        cohort=query.first_year("cohort"),
        urn=query.text("urn"),
        updated_since=query.time("updated_since"),
    )


def cohorts(query: Query) -> frozenset[str] | None:
    """Which cohorts are asked for, where nothing else can be."""
    return query.years("cohort")


def partnerships(query: Query) -> PartnershipFilter:
    """Which partnerships are asked for: of several cohorts and delivery partners, changed at a time or later."""
    return PartnershipFilter(
        cohorts=query.years("cohort"),
        delivery_partner_ids=query.ids("delivery_partner_id"),
        updated_since=query.time("updated_since"),
    )
