"""What Register's handlers are given, and how they read what was sent."""

from __future__ import annotations

from dataclasses import fields
from typing import TypeAlias, TypeVar

from sandbox.edge.provider.request import ReadBy, WriteBy
from sandbox.editions.register.actions.roster import Roster
from sandbox.editions.register.presentation import RegisterPresentation
from sandbox.editions.register.rules.bodies import says_nothing_known
from sandbox.editions.register.rules.book import RegisterBook
from sandbox.rules.requests import Request
from sandbox.rules.rule import Breach, Refused, rule_id_of

Read: TypeAlias = ReadBy[RegisterBook, RegisterPresentation]
Write: TypeAlias = WriteBy[RegisterBook, RegisterPresentation]
R = TypeVar("R", bound=Request)


def wanted(request: Write, kind: type[R], *ignored: str) -> R:
    """What a body asks for. Raises Refused when it is no proper request, or says nothing that the operation knows.

    `ignored` are members of the kind that this operation does not know.
    """
    attributes = {name: value for name, value in request.attributes.items() if name not in ignored}
    known = [field.name for field in fields(kind) if field.name != "sent" and field.name not in ignored]
    if says_nothing_known(attributes, known):
        raise Refused(Breach(rule_id_of(says_nothing_known)))
    return kind.of(attributes, request.call.rules.spelling)


def roster(request: Read) -> Roster:
    """Everyone whom the provider trains, or has trained."""
    if request.indexes is not None:
        found: Roster = request.indexes.roster(request.call)
        return found
    return Roster.of(request.records, request.call)
