"""What the deployed service did, as it was recorded in March 2026, where its guidance says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sandbox.model import (
    Declaration,
    Milestone,
    Participant,
    Placement,
    PresentedPartnership,
    PresentedSchool,
    Schedule,
    TrainingRecord,
)
from sandbox.rules import declarations, payments, sorting, transfers
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.participants import WITHDRAWAL_REASONS, ActionFacts
from sandbox.rules.rule import rule

NOT_COMPLETED_SINCE: Final = date(2024, 7, 31)  # the day on which the DfE ended the funding of who had not completed


def _last(value: Any) -> Any:
    """Puts a value in order in which what is missing comes last."""
    return value is None, value


# A list is sorted by any column of its own records (read.sort), so not by what is shown of others with them.
PARTNERSHIPS_BY: Final[Mapping[str, Callable[[PresentedPartnership], Any]]] = {
    **sorting.PARTNERSHIPS_BY,
    "updated_at": lambda presented: presented.partnership.updated_at,
    "cohort_id": lambda presented: (presented.partnership.cohort, presented.partnership.id),
    "school_id": lambda presented: presented.partnership.school_id,
    "delivery_partner_id": lambda presented: presented.partnership.delivery_partner_id,
    "challenge_reason": lambda presented: _last(presented.partnership.challenged_reason),
    "challenged_at": lambda presented: _last(presented.partnership.challenged_at),
}
SCHOOLS_BY: Final[Mapping[str, Callable[[PresentedSchool], Any]]] = {
    **sorting.SCHOOLS_BY,
    "updated_at": lambda presented: presented.school.updated_at,
}


def milestones(schedule: Schedule) -> Sequence[Milestone]:
    """The milestones of a schedule by the dates that the service has (decl.milestone-exists)."""
    return schedule.milestones_in("deployed")


@rule("withdraw.reason")
def withdraws_without_a_reason_of_today(facts: ActionFacts) -> bool:
    """True when the reason for withdrawing a known participant is missing, none of those allowed, or an old name."""
    return facts.record is not None and facts.request.reason not in WITHDRAWAL_REASONS


def hides_nobody(_record: TrainingRecord) -> bool:
    """False: people whom the DfE has not validated are shown too, with nulls (vis.validated-only)."""
    return False


def answers_no_copy(_facts: DeclarationFacts, _provider_id: str) -> bool:
    """False: an exact copy is refused like any other second declaration (decl.idempotent)."""
    return False


def pays_without_a_started(_declared_types: frozenset[str]) -> bool:
    """False: what was declared is paid, whether or not `started` was (pay.needs-started)."""
    return False


def withdrawn_at(placements: Sequence[Placement]) -> datetime | None:
    """When the provider withdrew somebody: a withdrawal dated before the training began does not count against it."""
    at = declarations.withdrawn_at(placements)
    return at if any(at is not None and placement.starts_at <= at for placement in placements) else None


@rule("decl.withdrawal-undated")
def is_withdrawn_and_undated(facts: DeclarationFacts) -> bool:
    """True of somebody withdrawn when the date cannot be read that should lie before it: no proper request."""
    return facts.withdrawn_at is not None and facts.declared_at is None


@rule("decl.date-given")
def has_no_readable_date(facts: DeclarationFacts) -> bool:
    """True when there is no declaration date, or none that can be read at all."""
    return facts.declared_at is None


@rule("decl.date-format")
def date_is_of_another_form(facts: DeclarationFacts) -> bool:
    """True for a date that can be read, and is by the other rules, but is no RFC 3339 date and time."""
    return facts.declared_at is not None and not facts.is_well_written


@rule("id-change")
def older_record(
    person: Participant, same_trn: Iterable[Participant], records: Mapping[str, Iterable[TrainingRecord]]
) -> Participant | None:
    """Who somebody turns out to be once the DfE has validated them: the oldest of whom it knew the TRN, if not they.

    `same_trn` are those with that TRN, `records` the training of each, by their ids.
    """
    known = [each for each in same_trn if knows_trn(records[each.id])]
    oldest = min(known, key=lambda each: each.created_at, default=person)
    return None if oldest.id == person.id else oldest


@rule("id-change")
def goes_by(record: TrainingRecord, retired_id: str) -> bool:
    """True for training that was registered under a retired id: of other training it is nobody's."""
    return record.retired_id == retired_id


def knows_anybody(_placements: Sequence[Placement]) -> bool:
    """True of everybody: whose a participant is, is judged after what is declared (decl.placed-with-provider)."""
    return True


@rule("transfer.declare-after")
def schedule_declared_by(record: TrainingRecord, placements: Sequence[Placement]) -> str | None:
    """The schedule that a declaration is judged by: the training record's, whichever provider set it last."""
    return record.schedule_id or transfers.schedule_declared_by(record, placements)


@rule("decl.placed-with-provider")
def is_not_placed_on_the_schedule(facts: DeclarationFacts) -> bool:
    """True when the training record was never with the provider on its present schedule."""
    return facts.schedule is None or all(p.schedule_id != facts.schedule.id for p in facts.placements)


@rule("decl.duplicate-person")
def knows_trn(records: Iterable[TrainingRecord]) -> bool:
    """True of somebody whose TRN the DfE has found, by their training: one that was only typed says nothing yet."""
    return any(record.is_validated for record in records)


@rule("decl.mentor-completes")
def mentor_completed(record: TrainingRecord, declaration: Declaration) -> TrainingRecord:
    """A mentor's training record once a `completed` declaration is made for it.

    One that is ineligible, as a duplicate, completes nobody, nor is anybody completed whom the DfE found not to be.
    Whoever completed in the early roll-out completes anew, as was recorded.
    """
    said_by_dfe = (
        record.mentor_ineligible_for_funding_reason == "started_not_completed"
        and record.mentor_funding_end_date is not None
        and record.mentor_funding_end_date >= NOT_COMPLETED_SINCE
    )
    if said_by_dfe or declaration.state == "ineligible":
        return record
    return payments.mentor_completed(record, declaration)
