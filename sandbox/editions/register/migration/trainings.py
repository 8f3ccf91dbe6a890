"""A time at a school as the trainings of which it consists: one for each run with the same provider and partner."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from msgspec.structs import replace

from sandbox.editions.register.migration.account import Account
from sandbox.editions.register.migration.stays import DAY, Stay, first_day, last_day
from sandbox.editions.register.rules.days import day_of
from sandbox.editions.register.rules.training import DEFERRING_REASONS, MENTORS_REASON, WITHDRAWING_REASONS
from sandbox.model import ParticipantType, Partnership, Placement, TrainingPeriod

STANDARD: Final = "ecf-standard-september"
NO_DAY: Final = "it was over on the day it began, and another took its place"
NOT_BEGUN: Final = "training that has not begun cannot be withdrawn or deferred in Register: it goes on as planned"
_OTHER: Final = "other"
_RENAMED: Final = {"school-left-fip": "switched-to-school-led"}
_REASONS: Final = {"withdrawn": WITHDRAWING_REASONS, "deferred": DEFERRING_REASONS}
_NOT_FOR: Final[dict[ParticipantType, str]] = {"ect": "replacement", "mentor": "reduced"}


@dataclass(slots=True)
class _Run:
    """Placements with the same provider, partner and cohort, up to where its provider pauses them."""

    partnership: Partnership | None
    placements: list[Placement]
    paused: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    @property
    def starts_on(self) -> date:
        return first_day(self.placements[0])

    def pause(self, placement: Placement, role: ParticipantType) -> None:
        """Note what the provider said of it."""
        said = placement.training
        at = max(said.at or placement.starts_at, self.placements[0].starts_at)
        reason = _RENAMED.get(said.reason or _OTHER, said.reason or _OTHER)
        is_known = reason in _REASONS[said.status] and (role == "mentor" or reason != MENTORS_REASON)
        self.paused.setdefault(said.status, (at, reason if is_known else _OTHER))

    def natural_end(self, stay: Stay) -> date | None:
        """Its last day: that of its last placement, of the stay, or of the day on which it was paused."""
        ends = [last_day(self.placements[-1]), stay.ends_on, *(day_of(at) for at, _ in self.paused.values())]
        return min((day for day in ends if day is not None), default=None)


def trainings(
    stay: Stay,
    partnerships: Mapping[str, Partnership],
    schedules: Collection[str],
    today: date,
    account: Account,
) -> list[TrainingPeriod]:
    """The trainings in a time at a school, the earliest first. A mentor without a provider is not trained."""
    runs = _runs(stay, partnerships)
    found = []
    for run, following in zip(runs, [*runs[1:], None], strict=True):
        if run.partnership is None and stay.role == "mentor":
            continue
        if following is not None and following.starts_on <= run.starts_on and _is_elsewhere(run, runs):
            account.leave("training periods", run.placements[0].id, NO_DAY)
            continue
        if run.paused and run.starts_on > today:
            account.alter("training periods", run.placements[0].id, NOT_BEGUN)
            run.paused.clear()
        found.append(_training(run, following, stay, schedules, account))
    return found


def _runs(stay: Stay, partnerships: Mapping[str, Partnership]) -> list[_Run]:
    runs: list[_Run] = []
    for placement in stay.placements:
        partnership = partnerships.get(placement.partnership_id or "")
        is_paused = placement.training.status != "active" and partnership is not None
        if runs and runs[-1].partnership is partnership and (is_paused or not runs[-1].paused):
            runs[-1].placements.append(placement)
        else:
            runs.append(_Run(partnership, [placement]))
        if is_paused:
            runs[-1].pause(placement, stay.role)
    return runs


def _is_elsewhere(run: _Run, runs: Collection[_Run]) -> bool:
    """True for what nobody would miss: another run is with the same provider, or it had none."""
    if run.partnership is None:
        return True
    provider = run.partnership.lead_provider_id
    others = (other.partnership for other in runs if other is not run and other.partnership is not None)
    return any(other.lead_provider_id == provider for other in others)


def _training(
    run: _Run, following: _Run | None, stay: Stay, schedules: Collection[str], account: Account
) -> TrainingPeriod:
    first, last = run.placements[0], run.placements[-1]
    ends_on = run.natural_end(stay)
    if following is not None:
        ends_on = min(ends_on or following.starts_on - DAY, following.starts_on - DAY)
    training = TrainingPeriod(
        id=first.id,
        school_period_id=stay.period.id,
        teacher_id=stay.person_id,
        role=stay.role,
        school_id=stay.school_id,
        programme="provider_led" if run.partnership else "school_led",
        starts_on=run.starts_on,
        ends_on=max(run.starts_on, ends_on) if ends_on else None,
        created_at=first.created_at,
        moved_at=max(last.updated_at, last.created_at),
    )
    if run.partnership is None:
        return training
    withdrawn, deferred = run.paused.get("withdrawn"), run.paused.get("deferred")
    return replace(
        training,
        cohort=run.partnership.cohort,
        partnership_id=run.partnership.id,
        lead_provider_id=run.partnership.lead_provider_id,
        schedule_id=_schedule(run.partnership.cohort, last, stay.role, schedules, account),
        withdrawn_at=withdrawn[0] if withdrawn else None,
        withdrawn_reason=withdrawn[1] if withdrawn else None,
        deferred_at=deferred[0] if deferred else None,
        deferred_reason=deferred[1] if deferred else None,
    )


def _schedule(
    cohort: str, placement: Placement, role: ParticipantType, schedules: Collection[str], account: Account
) -> str:
    """The schedule of a training: of its own cohort, and one that its role may have there."""
    _, _, identifier = placement.schedule_id.partition("/")
    mended = identifier.replace(_NOT_FOR[role], "standard")
    id = f"{cohort}/{mended}" if f"{cohort}/{mended}" in schedules else f"{cohort}/{STANDARD}"
    if id != placement.schedule_id:
        account.alter(
            "schedules", placement.id, f"{role}s of cohort {cohort} have no {placement.schedule_id} in Register"
        )
    return id
