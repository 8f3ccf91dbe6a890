"""What each operation does, and over what a declaration is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any, Final

from werkzeug.exceptions import NotFound

from tests.contract.second.asked import Asked, Refused, time
from tests.contract.second.programme import LAST_DEADLINE, Window, evidence_of
from tests.contract.second.records import LIVE, PARTNER, Declaration, Person, declared_before, people

WRONG: Final = frozenset({"decl.milestone-end", "read.updated-since"})
TRAINING_STATUSES: Final = ("active", "deferred", "withdrawn")


class Service:
    """One provider's people, and what it declares of them. `wrong` are rules to get wrong, of WRONG."""

    def __init__(self, wrong: Collection[str] = ()) -> None:
        self._wrong = frozenset(wrong)
        self._people = {person.id: person for person in people()}
        self._declarations = {made.id: made for made in map(declared_before, self._people.values())}
        self._numbers = count(len(self._declarations) + 1)

    def list_participants(self, asked: Asked) -> list[Any]:
        found = self._participants(asked)
        for name in reversed(asked.sort):
            if name.removeprefix("-") in ("created_at", "updated_at"):
                found.sort(key=lambda person: person.joined_at, reverse=name.startswith("-"))
        return [person.shown(asked.now) for person in asked.page(found)]

    def get_participant(self, asked: Asked, id: str) -> Any:
        for person in self._participants(asked):
            if person.id == id:
                return person.shown(asked.now)
        raise NotFound

    def list_declarations(self, asked: Asked) -> list[Any]:
        return [made.shown() for made in asked.page(self._declared(asked))]

    def get_declaration(self, asked: Asked, id: str) -> Any:
        made = self._declarations.get(id)
        if made is None or not asked.wants("cohort", made.person.cohort):  # by which alone a single one is asked for
            raise NotFound
        return made.shown()

    def create_declaration(self, asked: Asked) -> Any:
        sent, now = asked.attributes(), asked.now
        person, dated = self._people.get(sent.get("participant_id", "").lower()), time(sent.get("declaration_date", ""))
        titles = [*self._at_fault(sent, person, dated, now)]
        if titles or person is None or dated is None:
            raise Refused(422, *titles)
        type = sent["declaration_type"]
        if same := self._live(person, type):
            return same.first_shown
        number, state = next(self._numbers), "eligible" if person.eligible else "submitted"
        made = Declaration(number, person, type, dated, _evidence(person, sent), state, now, now)
        made.first_shown = made.shown()
        self._declarations[made.id] = made
        return made.first_shown

    def void_declaration(self, asked: Asked, id: str) -> Any:
        made = self._declarations.get(id)
        if made is None:
            raise NotFound
        if made.state == "voided":
            raise Refused(422, "Invalid action")
        made.state, made.updated_at = "voided", asked.now
        return made.shown()

    def _participants(self, asked: Asked) -> list[Person]:
        status = asked.filters.get("training_status", "active")
        if status not in TRAINING_STATUSES:
            raise Refused(400, "Bad request")
        nobody = status != "active" or "from_participant_id" in asked.filters
        return [
            person
            for person in self._people.values()
            if self._is_since(person.joined_at, asked.since) and asked.wants("cohort", person.cohort) and not nobody
        ]

    def _declared(self, asked: Asked) -> list[Declaration]:
        return [
            made
            for made in self._declarations.values()
            if self._is_since(made.updated_at, asked.since)
            and asked.wants("cohort", made.person.cohort)
            and asked.wants("participant_id", made.person.id)
            and asked.wants("delivery_partner_id", PARTNER)
        ]

    def _is_since(self, changed: datetime, since: datetime | None) -> bool:
        if since is not None and "read.updated-since" in self._wrong:
            return changed > since
        return since is None or changed >= since

    def _live(self, person: Person, type: str) -> Declaration | None:
        for made in self._declarations.values():
            if made.person is person and made.type == type and made.state in LIVE:
                return made
        return None

    def _at_fault(
        self, sent: Mapping[str, str], person: Person | None, dated: datetime | None, now: datetime
    ) -> Iterator[str]:
        """The attributes at fault, in the order of the rules: course and evidence only when nothing else is."""
        course, type = sent.get("course_identifier", ""), sent.get("declaration_type", "")
        if course.startswith("npq-"):
            yield "course_identifier"
            return
        first = [*self._given(sent, person, dated, now)]
        if person is not None and type:
            first += self._of_milestone(sent, person, type, dated, now)
        yield from first
        if first or person is None:
            return
        if course != person.course:
            yield "course_identifier"
        elif _evidence(person, sent) not in evidence_of(person.cohort, person.role, type):
            yield "evidence_held"

    def _given(
        self, sent: Mapping[str, str], person: Person | None, dated: datetime | None, now: datetime
    ) -> Iterator[str]:
        if person is None:
            yield "participant_id"
        if not sent.get("declaration_date"):
            yield "declaration_date"
        if not sent.get("declaration_type"):
            yield "declaration_type"
        if dated is None or dated > now:
            yield "declaration_date"

    def _of_milestone(
        self, sent: Mapping[str, str], person: Person, type: str, dated: datetime | None, now: datetime
    ) -> Iterator[str]:
        window = person.windows.get(type)
        if window is not None and dated is not None and not self._is_inside(dated, window):
            yield "declaration_date"
        if person.eligible and now.date() > LAST_DEADLINE:
            yield "cohort"
        if window is None:
            yield "declaration_type"
        live = self._live(person, type)
        if live and (live.dated, live.evidence) != (dated, _evidence(person, sent)):
            yield "base"
        if person.role == "mentor" and person.cohort >= "2025" and type not in ("started", "completed"):
            yield "declaration_type"

    def _is_inside(self, dated: datetime, window: Window) -> bool:
        opens, closes = window
        if "decl.milestone-end" in self._wrong:
            closes = None
        return opens <= dated.date() and (closes is None or dated.date() <= closes)


def _evidence(person: Person, sent: Mapping[str, str]) -> str | None:
    """What is kept of the evidence that was sent."""
    is_dropped = person.cohort < "2025" and sent.get("declaration_type") == "started"
    return None if is_dropped else sent.get("evidence_held") or None
