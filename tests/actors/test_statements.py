"""How statements, and what is on them, come to be paid."""

from __future__ import annotations

import pytest

from sandbox.actions import declarations
from sandbox.actions.call import Call
from sandbox.actors import dfe
from sandbox.actors.impossible import Impossible
from sandbox.actors.settling import settle
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import Behaviour, Declaration, Statement
from sandbox.seeding.ids import named

from .town import Town, at, town


def on(there: Town, month: str) -> Statement:
    """Northgate's statement of cohort 2023 for a month."""
    return there.statement(named("statement", "northgate", "2023", month))


def months(there: Town, declaration: Declaration) -> str:
    statement = there.statement(declaration.statement_id)
    return f"{statement.year}-{statement.month:02}"


def test_a_statement_s_declarations_are_payable_and_then_paid_with_it() -> None:
    with town() as there:
        made = there.declare(there.register(), "started", "2023-10-02")
        accepted, paid = at("2024-01-02T09:00:00"), at("2024-01-25T09:00:00")
        statement = dfe.mark_payable(there.unit, accepted, on(there, "2024-01"))
        assert (statement.state, statement.updated_at) == ("payable", accepted.now)
        assert there.declaration(made.id).state == "payable"
        statement = dfe.mark_paid(there.unit, paid, statement)
        assert (statement.state, statement.updated_at) == ("paid", paid.now)
        assert statement == on(there, "2024-01")
        declaration = there.declaration(made.id)
        assert (declaration.state, declaration.statement_id) == ("paid", statement.id)
        assert [(change.state, change.at) for change in declaration.history[1:]] == [
            ("payable", accepted.now),
            ("paid", paid.now),
        ]


def test_paying_a_statement_that_nobody_accepted_accepts_it_first() -> None:
    with town() as there:
        made = there.declare(there.register(), "started", "2023-10-02")
        dfe.mark_paid(there.unit, at("2024-01-25"), on(there, "2024-01"))
        assert [change.state for change in there.declaration(made.id).history] == ["eligible", "payable", "paid"]


def test_a_statement_is_accepted_once_and_paid_once() -> None:
    with town() as there:
        payable = dfe.mark_payable(there.unit, at("2024-01-02"), on(there, "2024-01"))
        with pytest.raises(Impossible, match="payable already"):
            dfe.mark_payable(there.unit, at("2024-01-03"), payable)
        paid = dfe.mark_paid(there.unit, at("2024-01-25"), payable)
        with pytest.raises(Impossible, match="paid already"):
            dfe.mark_paid(there.unit, at("2024-01-26"), paid)


def test_what_is_voided_after_payment_is_clawed_back_with_the_next_statement() -> None:
    with town() as there:
        made = there.declare(there.register(), "started", "2023-10-02")
        settle(there.unit, at("2024-02-01"))
        voiding = at("2024-02-05")
        call = Call(now=voiding.now, rules=BOOKS["documented"], new_id=voiding.new_id, provider=there.provider())
        waiting = declarations.void(there.unit, call, made.id)
        assert waiting.clawback_statement_id == on(there, "2024-04").id
        settle(there.unit, at("2024-04-24"))
        assert there.declaration(made.id).state == "awaiting_clawback"
        settle(there.unit, at("2024-04-25"))
        assert there.declaration(made.id).state == "clawed_back"


@pytest.mark.parametrize(
    ("behaviour", "state", "month"), [("documented", "eligible", "2024-08"), ("deployed", "payable", "2024-04")]
)
def test_without_a_started_declaration_nothing_is_payable_where_the_guidance_is_followed(
    behaviour: Behaviour, state: str, month: str
) -> None:
    with town() as there:
        made = there.declare(there.register(), "retained-1", "2024-02-06")
        assert months(there, made) == "2024-04"
        accepted = at("2024-04-01", behaviour)
        dfe.mark_payable(there.unit, accepted, on(there, "2024-04"))
        after = there.declaration(made.id)
        assert (after.state, months(there, after)) == (state, month)
        assert after.updated_at == accepted.now


def test_what_was_held_back_is_payable_once_the_start_is_declared() -> None:
    with town() as there:
        record = there.register()
        made = there.declare(record, "retained-1", "2024-02-06")
        settle(there.unit, at("2024-05-01"))
        there.declare(record, "started", "2023-10-02", moment=at("2024-05-02"))
        settle(there.unit, at("2024-08-25"))
        assert there.declaration(made.id).state == "paid"


def test_what_is_held_back_when_no_statement_is_left_stays_where_it_is() -> None:
    with town() as there:
        made = there.declare(there.register(), "retained-1", "2024-02-06")
        settle(there.unit, at("2027-01-01"))
        after = there.declaration(made.id)
        assert (after.state, months(there, after)) == ("eligible", "2026-08")


def test_settling_makes_payable_after_the_deadline_and_pays_on_the_payment_date() -> None:
    with town() as there:
        made = there.declare(there.register(), "started", "2023-10-02")
        for day, state in (
            ("2023-12-31", "eligible"),
            ("2024-01-01", "payable"),
            ("2024-01-24", "payable"),
            ("2024-01-25", "paid"),
        ):
            settle(there.unit, at(f"{day}T00:00:00"))
            assert there.declaration(made.id).state == state


def test_settling_late_keeps_the_times_at_which_things_fell_due() -> None:
    with town() as there:
        made = there.declare(there.register(), "started", "2023-10-02")
        settle(there.unit, at("2026-03-14T15:09:26"))
        assert [(change.state, change.at.isoformat()) for change in there.declaration(made.id).history[1:]] == [
            ("payable", "2024-01-01T00:00:00+00:00"),
            ("paid", "2024-01-25T00:00:00+00:00"),
        ]
        assert on(there, "2024-01").updated_at.isoformat() == "2024-01-25T00:00:00+00:00"


def test_a_payment_date_that_is_the_deadline_pays_as_soon_as_the_deadline_has_passed() -> None:
    with town() as there:
        first = there.statement(named("statement", "northgate", "2021", "2021-11"))
        assert first.deadline == first.payment_date
        settle(there.unit, at("2021-11-30T23:59:59"))
        assert there.statement(first.id).state == "open"
        settle(there.unit, at("2021-12-01"))
        assert there.statement(first.id).state == "paid"


@pytest.mark.parametrize("behaviour", ["documented", "deployed"])
def test_settling_at_once_gives_what_settling_day_after_day_gives(behaviour: Behaviour) -> None:
    def after(*days: str) -> list[object]:
        with town() as there:
            there.declare(there.register(), "retained-1", "2024-02-06")
            there.declare(there.register(), "started", "2023-10-02")
            for day in days:
                settle(there.unit, at(day, behaviour))
            return [
                *((s.state, s.updated_at) for s in there.unit.all(Statement)),
                *((d.state, d.updated_at, d.history) for d in there.unit.all(Declaration)),
            ]

    assert after("2025-06-01") == after(
        "2023-12-31", "2024-01-01", "2024-01-25", "2024-06-06", "2024-08-25", "2025-06-01"
    )


def test_settling_again_changes_nothing() -> None:
    with town() as there:
        there.declare(there.register(), "started", "2023-10-02")
        settle(there.unit, at("2024-06-01"))
        before = [*there.unit.all(Declaration), *there.unit.all(Statement)]
        settle(there.unit, at("2024-06-01"))
        assert [*there.unit.all(Declaration), *there.unit.all(Statement)] == before


@pytest.mark.parametrize(("day", "state"), [("2024-01-10", "payable"), ("2024-03-01", "paid")])
def test_what_joins_a_statement_after_its_turn_is_settled_the_next_time(day: str, state: str) -> None:
    with town() as there:
        settle(there.unit, at(day))
        late = there.declare(there.register(), "started", "2023-10-02")
        assert (late.state, months(there, late)) == ("eligible", "2024-01")
        settle(there.unit, at(day))
        after = there.declaration(late.id)
        assert (after.state, months(there, after)) == (state, "2024-01")
        assert after.updated_at == at(day).now


def test_what_is_voided_as_of_before_its_clawback_was_paid_is_clawed_back_the_next_time() -> None:
    with town() as there:
        made = there.declare(there.register(), "started", "2023-10-02")
        settle(there.unit, at("2024-06-01"))
        earlier = at("2024-02-05")
        call = Call(now=earlier.now, rules=BOOKS["documented"], new_id=earlier.new_id, provider=there.provider())
        assert declarations.void(there.unit, call, made.id).state == "awaiting_clawback"
        settle(there.unit, at("2024-06-01"))
        assert there.declaration(made.id).state == "clawed_back"


@pytest.mark.parametrize(
    ("behaviour", "state", "month"), [("documented", "eligible", "2024-08"), ("deployed", "paid", "2024-04")]
)
def test_what_comes_late_is_held_back_like_the_rest_without_a_start(
    behaviour: Behaviour, state: str, month: str
) -> None:
    with town() as there:
        settle(there.unit, at("2024-06-01", behaviour))
        late = there.declare(there.register(), "retained-1", "2024-02-06")
        assert months(there, late) == "2024-04"
        for _ in range(2):
            settle(there.unit, at("2024-06-01", behaviour))
            after = there.declaration(late.id)
            assert (after.state, months(there, after)) == (state, month)
