"""What an id is of, in words."""

from __future__ import annotations

from sandbox.actions.identity import resolve
from sandbox.model import (
    LeadProvider,
    Participant,
    Partnership,
    School,
    Statement,
    Teacher,
)
from sandbox.store.protocol import Reader


def name_of(reader: Reader, about: str, id: str) -> str | None:
    """Whom or what an id is of; None when there is no such record here."""
    match about:
        case "participants":
            current = resolve(reader, id.lower())
            person = reader.get(Participant, current) or reader.get(Teacher, current)
            return person.full_name if person else None
        case "schools":
            school = reader.get(School, id) or next(iter(reader.find(School, urn=id)), None)
            return school.name if school else None
        case "cohorts":
            return f"cohort {id}"
        case "statements":
            statement = reader.get(Statement, id)
            return statement_name(reader, statement) if statement else None
        case "partnerships":
            partnership = reader.get(Partnership, id)
            return partnership_name(reader, partnership) if partnership else None
    return None


def statement_name(reader: Reader, statement: Statement) -> str:
    """A statement as people call it."""
    provider = reader.get(LeadProvider, statement.lead_provider_id)
    month = f"{statement.year}-{statement.month:02}"
    return f"{provider.name if provider else 'Nobody'}, cohort {statement.cohort}, {month}"


def partnership_name(reader: Reader, partnership: Partnership) -> str:
    """Who trains where, in which cohort."""
    provider, school = reader.get(LeadProvider, partnership.lead_provider_id), reader.get(School, partnership.school_id)
    return (
        f"{provider.name if provider else 'Nobody'} at {school.name if school else 'no school'}, {partnership.cohort}"
    )
