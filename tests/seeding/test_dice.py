"""Chance that falls the same way every time."""

from __future__ import annotations

from datetime import date

from sandbox.seeding.dice import Dice


def test_dice_of_one_name_fall_the_same_way_on_every_machine() -> None:
    assert [Dice("a name").below(1_000) for _ in range(2)] == [28, 28]
    assert Dice("another name").below(1_000_000) != Dice("a name").below(1_000_000)


def test_shares_are_out_of_a_hundred() -> None:
    dice = Dice("shares")
    assert not any(dice.falls(0) for _ in range(200))
    assert all(dice.falls(100) for _ in range(200))
    assert 60 < sum(dice.falls(10) for _ in range(1000)) < 140


def test_days_after_are_working_days() -> None:
    dice = Dice("days")
    days = {dice.day_after(date(2024, 11, 15), 1, 9) for _ in range(200)}  # a Friday
    assert {day.weekday() for day in days} <= {0, 1, 2, 3, 4}
    assert min(days) == date(2024, 11, 18)
    assert max(days) <= date(2024, 11, 25)


def test_mornings_come_before_afternoons() -> None:
    dice, day = Dice("times"), date(2024, 11, 15)
    assert max(dice.morning(day) for _ in range(50)) < min(dice.afternoon(day) for _ in range(50))
