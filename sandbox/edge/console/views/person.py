"""What is shown of people, whichever edition's records they are read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from sandbox.edge.console.views.naming import statement_name
from sandbox.model import Declaration, LeadProvider, Statement
from sandbox.store.protocol import Reader


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """Someone's training, in a list of people. `state` is a word of `words.WORDS`."""

    id: str
    name: str
    trn: str | None
    role: str
    state: str
    provider: str | None
    provider_id: str | None
    cohort: str | None
    school: str | None


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """Someone at a school, from a day on, trained there by a provider or by none."""

    role: str
    school: str
    urn: str
    provider: str | None
    provider_id: str | None
    delivery_partner: str | None
    cohort: str | None
    schedule: str | None
    starts_on: date
    ends_on: date | None
    state: str
    reason: str | None = None
    mentor_id: str | None = None
    mentor: str | None = None


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration, with what has become of it."""

    declaration: Declaration
    provider: str
    statement: str | None
    clawback: str | None


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Something else that lasts: an induction, a mentorship."""

    what: str
    starts_on: date
    ends_on: date | None
    note: str | None = None


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """Someone as an ECT, or as a mentor, with what is known of that: labels and values."""

    role: str
    course: str
    facts: Mapping[str, Any]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Someone with all there is of them. `former_ids` were retired in favour of theirs."""

    id: str
    name: str
    trn: str | None
    email: str | None
    former_ids: Sequence[str]
    trainings: Sequence[Training]
    stays: Sequence[Stay]
    periods: Sequence[Period]
    mentees: Sequence[tuple[str, str]]

    @property
    def sender(self) -> dict[str, str]:
        """Who would report of them now, and of which course, as fields of a form have it."""
        course = self.trainings[0].course if self.trainings else ""
        provider = next((stay.provider_id for stay in self.stays if stay.provider_id), "")
        return {"as_provider": provider, "course_identifier": course}


Rows = Callable[[Reader, datetime, date], Iterator[Listed]]
Whole = Callable[[Reader, str, datetime, date], Person | None]


def declarations_about(reader: Reader, participant_id: str) -> list[Declared]:
    """Everything declared of someone, the earliest first."""
    found = sorted(reader.find(Declaration, participant_id=participant_id), key=lambda each: each.declaration_date)
    return [
        Declared(
            declaration=each,
            provider=provider_name(reader, each.lead_provider_id) or "",
            statement=_statement(reader, each.statement_id),
            clawback=_statement(reader, each.clawback_statement_id),
        )
        for each in found
    ]


def provider_name(reader: Reader, id: str | None) -> str | None:
    """What a lead provider is called."""
    provider = reader.get(LeadProvider, id) if id else None
    return provider.name if provider else None


def _statement(reader: Reader, id: str | None) -> str | None:
    statement = reader.get(Statement, id) if id else None
    return statement_name(reader, statement) if statement else None
