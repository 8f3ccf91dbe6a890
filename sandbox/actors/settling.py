"""What time alone brings about: statements fall due, and whoever was to leave or to join does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from sandbox.actions.call import Moment
from sandbox.actions.training import lose_mentees
from sandbox.actors.dfe import catch_up, mark_paid, mark_payable
from sandbox.model import Declaration, DeclarationState, Placement, Statement
from sandbox.store.protocol import Reader, Unit

# The states in which a declaration still waits for what a statement's turn brings.
UNFINISHED: Final[frozenset[DeclarationState]] = frozenset({"eligible", "payable", "awaiting_clawback"})

Event = Literal["statement_payable", "statement_paid", "latecomers_settled", "participant_left", "participant_joined"]


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """Something that falls due for a statement: at its first moment, in this order."""

    at: datetime
    payment: bool
    statement_id: str


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, and when. `id` is the statement's or the participant's."""

    at: datetime
    event: Event
    id: str
    declarations: Sequence[Declaration] = ()


def due(statement: Statement) -> Iterator[Due]:
    """What a statement has still before it: payable when its deadline has passed, paid on its payment date."""
    payable_at = _midnight(statement.deadline + timedelta(days=1))
    if statement.state == "open":
        yield Due(payable_at, False, statement.id)
    if statement.state != "paid":
        yield Due(max(payable_at, _midnight(statement.payment_date)), True, statement.id)


def settle(unit: Unit, moment: Moment, since: datetime | None = None) -> Sequence[Settled]:
    """Make payable, and pay, whatever has fallen due by now, each as of the moment it did; then whatever came late.

    Earliest first, so that what one statement holds back is on the next before that one falls due. When nothing is
    due this only goes through the statements, some hundreds, and the placements. Nobody has to be moved for leaving or
    joining, as their status follows from the day: it is told of the days after `since`. Only whom they mentor has no
    mentor from that day on.
    """
    happened = [*_statements(unit, moment), *_latecomers(unit, moment)]
    _take_mentors_away(unit, moment)
    if since is not None:
        happened += _comings_and_goings(unit, since, moment.now)
    return sorted(happened, key=lambda settled: settled.at)


def _statements(unit: Unit, moment: Moment) -> Iterator[Settled]:
    closed = (s for s in unit.all(Statement) if s.state != "paid" and s.deadline < moment.today)
    fallen = [due_now for statement in closed for due_now in due(statement) if due_now.at <= moment.now]
    for each in sorted(fallen):
        statement = unit.get(Statement, each.statement_id)
        if statement is not None:
            mark = mark_paid if each.payment else mark_payable
            moved = _moved(unit, replace(moment, now=each.at), statement, mark)
            event: Event = "statement_paid" if each.payment else "statement_payable"
            yield Settled(at=each.at, event=event, id=statement.id, declarations=moved)


def _latecomers(unit: Unit, moment: Moment) -> Iterator[Settled]:
    """Accept, pay and claw back, as of now, what joined a statement after its turn.

    A request made at an earlier time than the world's finds a statement open that has been accepted, or paid, since.
    """
    unfinished = [declaration for declaration in unit.all(Declaration) if declaration.state in UNFINISHED]
    holding = {each.statement_id for each in unfinished} | {each.clawback_statement_id for each in unfinished}
    for statement in unit.all(Statement):
        if statement.state == "open" or statement.id not in holding:
            continue
        if moved := _moved(unit, moment, statement, catch_up):
            yield Settled(at=moment.now, event="latecomers_settled", id=statement.id, declarations=moved)


def _moved(
    unit: Unit, moment: Moment, statement: Statement, move: Callable[[Unit, Moment, Statement], object]
) -> Sequence[Declaration]:
    """The declarations on a statement that a move of it changed, as they are afterwards."""
    before = [
        *unit.find(Declaration, statement_id=statement.id),
        *unit.find(Declaration, clawback_statement_id=statement.id),
    ]
    move(unit, moment, statement)
    after = (unit.get(Declaration, declaration.id) for declaration in before)
    return [now for was, now in zip(before, after, strict=True) if now is not None and now != was]


def _comings_and_goings(reader: Reader, since: datetime, now: datetime) -> Iterator[Settled]:
    """Whoever's last day, or first, came after a time: from then on they have left, or joined.

    What an act began or ended is only the next part of a stay.
    """
    for placement in reader.all(Placement):
        last_day = None if placement.ended_at else placement.ends_on
        if last_day is not None and since.date() < last_day <= now.date():
            yield Settled(at=_midnight(last_day), event="participant_left", id=placement.participant_id)
        if placement.began_at is None and since.date() < placement.starts_on <= now.date():
            yield Settled(at=_midnight(placement.starts_on), event="participant_joined", id=placement.participant_id)


def _take_mentors_away(unit: Unit, moment: Moment) -> None:
    """Have nobody mentored any more by those who were reported to join another school by now, and have.

    Whom a school has given such a mentor since that day keeps them.
    """
    for joined in unit.all(Placement):
        if joined.transfer and joined.created_at < joined.starts_at <= moment.now:
            for left in unit.find(Placement, training_record_id=joined.training_record_id):
                if left.school_id != joined.school_id:
                    lose_mentees(unit, replace(moment, now=joined.starts_at), left)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
