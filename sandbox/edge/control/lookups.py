"""Whom and what a request names: the records behind it, and what is meant where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.actions.call import Moment
from sandbox.actions.identity import resolve
from sandbox.actors.impossible import Impossible
from sandbox.edge.control.request import Declined, found
from sandbox.model import (
    Cohort,
    LeadProvider,
    Participant,
    ParticipantType,
    Placement,
    School,
    TrainingRecord,
)
from sandbox.rules.visibility import newest_first
from sandbox.store.protocol import Reader


def cohort(reader: Reader, moment: Moment, year: str | None) -> str:
    """The cohort of this year; that of the academic year it is, unless one is named. Raises Declined, Impossible."""
    if year is not None:
        return found(reader, Cohort, year, "cohort").id
    begun = [cohort for cohort in reader.all(Cohort) if cohort.academic_year_starts <= moment.today]
    if not begun:
        raise Impossible("no cohort has begun yet: say which one is meant")
    return max(begun, key=lambda cohort: cohort.academic_year_starts).id


def provider(reader: Reader, name: str | None) -> LeadProvider:
    """The lead provider with this id, whole name or first word of its name; the world's first, unless one is named.

    Raises Declined, Impossible.
    """
    providers = list(reader.all(LeadProvider))
    if name is None:
        if not providers:
            raise Impossible("there is no lead provider here yet: POST /sandbox/providers adds one")
        return providers[0]
    wanted = name.lower()
    meant = [p for p in providers if wanted in (p.id, p.name.lower())]
    meant = meant or [p for p in providers if wanted == p.name.lower().partition(" ")[0]]
    if len(meant) > 1:
        raise Declined(422, ("provider", f"Several lead providers are called {name}: give the id of one."))
    return meant[0] if meant else found(reader, LeadProvider, name, "provider")


def school(reader: Reader, body: Mapping[str, Any]) -> School | None:
    """The school that a body names by id or URN, if it names one. Raises Declined."""
    if "school_id" in body and "urn" in body:
        raise Declined(422, ("urn", "Say which school by its id or by its URN, not by both."))
    if "urn" in body:
        return school_by_urn(reader, body["urn"]) or found(reader, School, body["urn"], "urn")
    return found(reader, School, body["school_id"], "school_id") if "school_id" in body else None


def school_by_urn(reader: Reader, urn: str) -> School | None:
    """The school with a URN."""
    return next(iter(reader.find(School, urn=urn)), None)


def participant(reader: Reader, id: str, name: str = "participant_id") -> Participant:
    """The person with this id, or with the one that took its place. Raises Declined."""
    return found(reader, Participant, resolve(reader, id.lower()), name)


def mentor(reader: Reader, id: str | None) -> str | None:
    """The id that whoever is to mentor has now; None for nobody. Raises Declined."""
    return participant(reader, id, "mentor_id").id if id else None


def training(reader: Reader, id: str, role: ParticipantType | None) -> TrainingRecord:
    """The only training of a person, or the one as this: of two, the one under this id, else the last begun.

    Raises Declined, Impossible.
    """
    person = participant(reader, id)
    records = reader.find(TrainingRecord, participant_id=person.id)
    meant = [record for record in records if role in (None, record.participant_type)]
    if not meant:
        raise Impossible(f"{person.full_name} is not registered as {role or 'anything'}")
    if len({record.participant_type for record in meant}) > 1:
        detail = f"{person.full_name} is both ect and mentor here: say which training is meant."
        raise Declined(422, ("participant_type", detail))
    return max(meant, key=lambda record: (record.retired_id == id.lower(), record.created_at))


def placements(reader: Reader, record: TrainingRecord, at: School | None = None) -> list[Placement]:
    """The placements of a training, newest first; those at one school if that is named. Raises Impossible."""
    theirs = newest_first(reader.find(Placement, training_record_id=record.id))
    there = [placement for placement in theirs if at is None or placement.school_id == at.id]
    if not there:
        raise Impossible(f"participant {record.participant_id} has not been at {at.name if at else 'any school'}")
    return there
