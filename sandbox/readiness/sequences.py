"""Requests that matter for what came before them: paused and resumed in a day, declared twice."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Final

from sandbox.readiness.request import Request, is_accepted

PAUSED_ON_A_FIRST_DAY: Final = "paused-on-a-first-day"
RESUMED_ON_THE_DAY: Final = "resumed-on-the-day-of-the-pause"
RESCHEDULED_WHILE_PAUSED: Final = "rescheduled-while-paused"
VOIDED_TO_RESCHEDULE: Final = "voided-to-reschedule"
DECLARED_AGAIN: Final = "declared-again"
DECLARED_AFTER_A_WITHDRAWAL: Final = "declared-after-a-withdrawal"
PARTNER_UNCHANGED: Final = "partner-put-unchanged"
NAMES: Final = frozenset(
    {
        PAUSED_ON_A_FIRST_DAY,
        RESUMED_ON_THE_DAY,
        RESCHEDULED_WHILE_PAUSED,
        VOIDED_TO_RESCHEDULE,
        DECLARED_AGAIN,
        DECLARED_AFTER_A_WITHDRAWAL,
        PARTNER_UNCHANGED,
    }
)
_PAUSES: Final = {"defer_participant", "withdraw_participant"}


class Sequences:
    """What is known of the people and partnerships of one provider, act by act. Refused acts change nothing."""

    def __init__(self) -> None:
        self._began: dict[str, date | None] = {}
        self._paused: dict[str, tuple[str, date | None]] = {}
        self._declared: set[Hashable] = set()
        self._partners: dict[str, str] = {}
        self._has_voided = False

    def note(self, request: Request) -> set[str]:
        """Look at one more request; the sequences that it completes."""
        if request.method == "GET" or request.operation is None:
            return set()
        match request.operation.removesuffix("_alias"):
            case "create_declaration":
                return self._declare(request)
            case "void_declaration":
                self._has_voided |= is_accepted(request)
            case "update_partnership" if is_accepted(request):
                return self._put_partner(request)
            case operation if is_accepted(request) and operation.endswith(("_participant", "_schedule")):
                return self._act(request, operation)
        return set()

    def _act(self, request: Request, operation: str) -> set[str]:
        """An act on somebody's training."""
        person, today = f"{_person_in(request.path)} {request.sent.get('course_identifier')}", _day(request)
        completed = set()
        if operation in _PAUSES:
            if today is not None and self._began.get(person) == today:
                completed.add(PAUSED_ON_A_FIRST_DAY)
            self._paused[person] = operation, today
        elif operation == "resume_participant":
            _, since = self._paused.pop(person, ("", None))
            if today is not None and since == today:
                completed.add(RESUMED_ON_THE_DAY)
            self._began[person] = today
        elif operation == "change_participant_schedule":
            if person in self._paused:
                completed.add(RESCHEDULED_WHILE_PAUSED)
            if self._has_voided:
                completed.add(VOIDED_TO_RESCHEDULE)
                self._has_voided = False
            self._began[person] = today
        return completed

    def _declare(self, request: Request) -> set[str]:
        sent = request.sent
        same = tuple(str(sent.get(name)) for name in ("participant_id", "course_identifier", "declaration_type"))
        completed = {DECLARED_AGAIN} if same in self._declared else set()
        if is_accepted(request):
            self._declared.add(same)
            paused, _ = self._paused.get(f"{same[0]} {same[1]}", ("", None))
            if paused == "withdraw_participant":
                completed.add(DECLARED_AFTER_A_WITHDRAWAL)
        return completed

    def _put_partner(self, request: Request) -> set[str]:
        partner = str(request.sent.get("delivery_partner_id"))
        is_same = self._partners.get(request.path) == partner
        self._partners[request.path] = partner
        return {PARTNER_UNCHANGED} if is_same else set()


def _person_in(path: str) -> str:
    """The id before the name of an act: the last step but one."""
    return path.rstrip("/").split("/")[-2]


def _day(request: Request) -> date | None:
    return request.at.date() if request.at is not None else None
