"""Every exchange whose state can be set up is answered as it was; the others are listed with why."""

from __future__ import annotations

import asyncio

from tests.reality.in_process import Service
from tests.reality.register.exchanges import differences, exchanges, not_staged
from tests.reality.register.staging import before, made_by, people, things


def test_exchanges_are_answered_as_there() -> None:
    found = asyncio.run(differences(Service("register")))
    assert not found, "\n".join(f"{id}: {difference}" for id, difference in found.items())


def test_most_exchanges_are_sent() -> None:
    assert len(exchanges()) == 426
    assert len(not_staged()) <= 15


def test_whoever_is_set_up_is_asked_about() -> None:
    named = set().union(*(exchange.ids for exchange in exchanges()))
    asked = named | {who for made, who in made_by().items() if made in named}
    assert set(people()) | set(things()) <= asked
    assert before().keys() <= {exchange.id for exchange in exchanges()} - not_staged().keys()
