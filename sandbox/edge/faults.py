"""How a request fares that a fault strikes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from sandbox.edge.answer import FAILED, JSON_API, Answer
from sandbox.edge.faults import DROP, Strike
from sandbox.edge.ratelimit import is_too_often
from sandbox.edge.visit import Visit
from sandbox.rules.rule import Breach, Refused, rule_id_of

_FAILURES: Final[Mapping[str, Answer]] = {
    "500": FAILED,
    "503": Answer(503, JSON_API, b'{"error":"Service unavailable"}', {}),
}


async def struck(strike: Strike, visit: Visit, carry_out: Callable[[], Awaitable[Answer]]) -> Answer | None:
    """What a request that meets this is answered; None when it gets no answer at all. Raises Refused.

    Nobody else waits while it does: it has not begun to look at the records, or is done with them.
    """
    visit.fault = strike.kind
    outcome: Answer | Refused | None = None
    await asyncio.sleep(strike.before)
    if strike.is_carried_out:
        try:
            outcome = await carry_out()
        except Refused as refused:
            visit.breaches, outcome = refused.breaches, refused
    await asyncio.sleep(strike.after)
    if strike.kind == DROP:
        return None
    if strike.kind == "429":
        raise Refused(Breach(rule_id_of(is_too_often)))
    outcome = _FAILURES.get(strike.kind, outcome)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome
