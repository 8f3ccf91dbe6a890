"""Who cannot be withdrawn or deferred, and who cannot return."""

from __future__ import annotations

from typing import Final

from contract_tests.register.model.judgement.refusal import Check, Refusal, judged, role_of
from contract_tests.register.model.known import Known
from contract_tests.register.model.records import Person, Provider

WITHDRAWN_FOR: Final = (
    *("left-teaching-profession", "moved-school", "mentor-no-longer-being-mentor", "switched-to-school-led"),
    *("changed-lead-provider", "other"),
)
DEFERRED_FOR: Final = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")


def pausing(
    known: Known, provider: Provider, person: Person, how: str, course: str, reason: str | None
) -> Refusal | None:
    """Over what withdrawing or deferring somebody is refused."""
    role = role_of(course)
    training = known.latest(provider, person, role) if role else None
    reasons = WITHDRAWN_FOR if how == "withdraw" else DEFERRED_FOR
    c, p, r = "course_identifier", "participant_id", "reason"
    status = training.status if training else None
    return judged(
        [
            Check("participant.course-matches", c, (), lambda: training is None),
            Check(f"{how}.reason", r, (), lambda: reason not in reasons),
            Check(f"{how}.not-withdrawn", p, (c, p), lambda: status == "withdrawn"),
            Check("defer.not-deferred", p, (c, p), lambda: how == "defer" and status == "deferred"),
            Check("training.begun", p, (c, p), lambda: training is not None and training.starts > known.today),
            Check("training.one-day", p, (c, p), lambda: training is not None and training.starts == known.today),
            Check(
                "withdraw.mentor-only-reason",
                r,
                (c, r, p),
                lambda: role == "ect" and reason == "mentor-no-longer-being-mentor",
            ),
        ]
    )


def resuming(known: Known, provider: Provider, person: Person, course: str) -> Refusal | None:
    """Over what somebody's return is refused."""
    role = role_of(course)
    training = known.latest(provider, person, role) if role else None
    if training is None:
        return Refusal(["course_identifier"], ["participant.course-matches"])
    trainings = known.trainings_of(person, role)
    stay, today, p = training.stay, known.today, "participant_id"
    return judged(
        [
            Check("resume.was-paused", p, (p,), lambda: training.status == "active"),
            Check(
                "resume.not-elsewhere",
                p,
                (p,),
                lambda: any(each is not training and each.stay is stay and each.covers(today) for each in trainings),
            ),
            Check("resume.not-same-day", p, (p,), lambda: training.ends == today),
            Check("resume.still-at-school", p, (p,), lambda: not stay.goes_on_after(today)),
            Check(
                "resume.overlaps",
                p,
                (p,),
                lambda: any(  # with what was paused for later, too
                    (stay.ends is None or each.starts <= stay.ends) and (each.ends is None or each.ends >= today)
                    for each in trainings
                ),
            ),
        ]
    )
