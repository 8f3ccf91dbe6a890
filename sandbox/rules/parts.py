"""How a defect replaces one part of a rule book or of a presentation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from sandbox.rules.rule import Gate, Judge, Rules, rule_id_of, without

Change = Callable[[Any], Any]
"""Makes the wrong thing of the right one."""


def leaving_out(act: str, *rules: Judge) -> Change:
    """A book that judges an act, such as `recording`, by all its rules but these.

    Where the other behaviour has a rule of its own under the same id, that one is left out there.
    """
    ids = {rule_id_of(rule) for rule in rules}

    def fewer(judged: Rules) -> Rules:
        return without(judged, *(each for each in judged if not isinstance(each, Gate) and rule_id_of(each) in ids))

    return altered(act, fewer)


def altered(path: str, change: Change) -> Change:
    """A value in which one part is another: `altered("payments.voided", …)` of a book, `altered("csv", …)` of views."""
    first, _, rest = path.partition(".")

    def alter(value: Any) -> Any:
        part = getattr(value, first)
        return replace(value, **{first: altered(rest, change)(part) if rest else change(part)})

    return alter


def becoming(other: Any) -> Change:
    """Puts another value in the place of whichever is there."""
    return lambda _: other


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(value: Any) -> Any:
        for each in changes:
            value = each(value)
        return value

    return change


def never(_: Callable[..., bool]) -> Callable[..., bool]:
    """A rule that nothing breaks, in place of one that something might."""
    return lambda *_, **__: False
