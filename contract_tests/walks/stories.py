"""Pasts that chance alone would seldom make: short stories, told between what happens by chance."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from contract_tests.model.records import midnight
from contract_tests.model.shown import time
from contract_tests.walks.telling import DAY, Act, Story, Teller
from contract_tests.walks.world import WAITED_FOR, World


def _joining(who: str, urn: str, on: str, *, keeps: bool = False, email: str | None = None) -> Act:
    return "join", {"who": who, "urn": urn, "on": on, "keeps": keeps, "mentor": None, "email": email}


def paid_and_taken_back(tell: Teller, world: World) -> Story:
    """Declared, paid, clawed back, and declared again."""
    who = yield from tell.somebody(world)
    training, by = tell.known(world, who)
    which = yield from tell.declaring(world, by, who)
    paying = {"of": by, "cohort": training.schedule.cohort, "how": "pay"}
    yield "pay", paying
    yield "void", {"by": by, "which": which}
    yield "pay", paying
    yield "void", {"by": by, "which": which}
    yield from tell.declaring(world, by, who)


def payable_and_voided(tell: Teller, world: World) -> Story:
    """Declared without a start, held on a statement that is accepted, voided."""
    who = yield from tell.somebody(world, "ect", "2023", "2022")
    training, by = tell.known(world, who)
    yield from tell.declaring(world, by, who, "retained-1")
    which = yield from tell.declaring(world, by, who, "started")
    yield "void", {"by": by, "which": which}
    yield "pay", {"of": by, "cohort": training.schedule.cohort, "how": "payable"}
    yield from tell.declaring(world, by, who, "started")
    yield "pay", {"of": by, "cohort": training.schedule.cohort, "how": "pay"}


def a_mentor_completes(tell: Teller, world: World) -> Story:
    """A mentor is declared completed, that is voided, and declared otherwise."""
    who = yield from tell.somebody(world, "mentor", "2022")
    _, by = tell.known(world, who)
    yield "change-schedule", {"by": by, "who": who, "to": "ecf-replacement-september", "cohort": None, "id": "now"}
    which = yield from tell.declaring(world, by, who, "completed")
    yield "void", {"by": by, "which": which}
    yield from tell.declaring(world, by, who, "completed")


def away_and_back(tell: Teller, world: World) -> Story:
    """To a school of another provider, declared by both about both times, and back."""
    who = yield from tell.somebody(world, "ect", "2024")
    training, before = tell.known(world, who)
    home, first = training.newest.school.urn, training.newest
    yield from tell.declaring(world, before, who)
    yield "defer", {"by": before, "who": who, "reason": "parental-leave", "id": "now"}
    urn = tell.elsewhere(world, training, other_provider=True)
    on = world.register.today + DAY * tell.random.choice((0, 4))
    yield _joining(who, urn, on.isoformat(), email="moved@another-school.example.com")
    after = tell.by(world, training.newest.provider)
    yield "withdraw", {"by": before, "who": who, "reason": "moved-school", "id": "now"}
    for by, at in ((before, midnight(on)), (before, midnight(on) + DAY), (after, midnight(on) + DAY)):
        yield from tell.declaring(world, by, who, dated=min(at, world.register.now))
    yield "leave", {"who": who, "on": (world.register.today + 2 * DAY).isoformat()}
    yield _joining(who, home, (world.register.today + 3 * DAY).isoformat())
    yield "withdraw", {"by": before, "who": who, "reason": "other", "id": "now"}
    yield from tell.declaring(world, before, who, dated=first.starts_at + DAY)


def kept_their_provider(tell: Teller, world: World) -> Story:
    """To another school with the same provider, which confirms a partnership there later."""
    who = yield from tell.somebody(world, "ect", "2024", "2023")
    training, by = tell.known(world, who)
    through, cohort = training.newest.partnership, training.newest.cohort
    urn = tell.elsewhere(world, training, other_provider=False)
    yield "defer", {"by": by, "who": who, "reason": "career-break", "id": "now"}
    yield _joining(who, urn, (world.register.today - 3 * DAY).isoformat(), keeps=True)
    yield from tell.declaring(world, by, who)
    if through is not None and (urn, cohort) != WAITED_FOR:
        yield "choose-programme", {"urn": urn, "cohort": cohort, "programme": "provider_led"}
        partner = world.register.partners.index(through.partner)
        yield "confirm", {"by": by, "urn": urn, "cohort": cohort, "partner": partner}
    yield "change-schedule", {"by": by, "who": who, "to": "ecf-extended-september", "cohort": None, "id": "now"}
    yield "leave", {"who": who, "on": (world.register.today + DAY).isoformat(), "urn": urn}
    yield "defer", {"by": by, "who": who, "reason": "long-term-sickness", "id": "now"}


def waits_for_a_provider(tell: Teller, world: World) -> Story:
    """Registered where nobody trains yet, until a provider does; then declared of the time before."""
    register = world.register
    cohort = "2023"
    free = [each for each in register.schools if register.standing(each, cohort) is None]
    if not free:
        return
    urn = tell.random.choice(free).urn
    who = yield from tell.registered(tell.newcomer(urn=urn, cohort=cohort, role="ect", validation="eligible_to_start"))
    yield "choose-programme", {"urn": urn, "cohort": cohort, "programme": "provider_led"}
    by = tell.random.randrange(3)
    works = [n for n, p in enumerate(register.partners) if cohort in p.works_with.get(_id(world, by), ())]
    yield "confirm", {"by": by, "urn": urn, "cohort": cohort, "partner": works[-1]}
    yield from tell.declaring(world, by, who, "started")
    yield from tell.declaring(world, by, who)


def withdrawn_and_resumed(tell: Teller, world: World) -> Story:
    """Withdrawn, resumed, withdrawn once more, and declared of each time."""
    who = yield from tell.somebody(world)
    _, by = tell.known(world, who)
    yield from tell.declaring(world, by, who, "started")
    moments = []
    for reason in ("left-teaching-profession", "switched-to-school-led"):
        moments.append(world.register.now)
        yield "withdraw", {"by": by, "who": who, "reason": reason, "id": "now"}
        moments.append(world.register.now)
        if len(moments) == 2:
            yield "resume", {"by": by, "who": who, "id": "now"}
    for at in (moments[3], moments[3] - timedelta(seconds=1)):
        which = yield from tell.declaring(world, by, who, dated=at)
        yield "void", {"by": by, "which": which}


def mentor_of_anothers(tell: Teller, world: World) -> Story:
    """An ECT becomes a mentor as well, of an ECT of another provider; then trains elsewhere, and is renamed."""
    who = tell.placed(world, "ect")
    if who is None:
        return
    training = world.trainings[who]
    there = training.newest.school.urn
    about = {"urn": there, "cohort": training.newest.cohort, "role": "mentor", "validation": "eligible_to_start"}
    mentor = yield from tell.registered(tell.newcomer(also=who, **about))
    _, _ = tell.known(world, mentor)
    mentees = [
        name
        for name, each in world.trainings.items()
        if each.role == "ect" and each.newest.stays and each.newest.provider not in (None, training.newest.provider)
    ]
    for mentee in mentees[-2:]:
        yield "assign-mentor", {"who": mentee, "mentor": mentor}
    for mentee in mentees[-1:]:
        by = tell.by(world, world.trainings[mentee].newest.provider)
        yield from tell.declaring(world, by, mentee, dated=world.register.now)
        yield "assign-mentor", {"who": mentee, "mentor": None}
    yield "change-details", {"who": mentor, "full_name": None, "email": "mentor.new@new-school.example.com"}
    yield _joining(mentor, tell.elsewhere(world, world.trainings[mentor], other_provider=False), _soon(world))


def a_mentor_changes(tell: Teller, world: World) -> Story:
    """Mentored by one and then by another; what is declared names who it was at the date."""
    first = yield from tell.somebody(world, "mentor", "2024")
    training, by = tell.known(world, first)
    there = {"urn": training.newest.school.urn, "cohort": training.newest.cohort, "validation": "eligible_to_start"}
    second = yield from tell.registered(tell.newcomer(role="mentor", **there))
    _, _ = tell.known(world, second)
    who = yield from tell.registered(tell.newcomer(role="ect", mentor=first, **there))
    _, _ = tell.known(world, who)
    before = world.register.now
    yield "assign-mentor", {"who": who, "mentor": second}
    which = yield from tell.declaring(world, by, who, "started", min(before + timedelta(seconds=1), world.register.now))
    yield "void", {"by": by, "which": which}
    yield from tell.declaring(world, by, who, "started", world.register.now)
    yield "merge", {"who": second, "into": first}
    yield "withdraw-by-school", {"who": first}


def merged_twice(tell: Teller, world: World) -> Story:
    """Three ids of one person; they are acted on under each."""
    names = []
    for role in ("ect", "mentor", "ect"):
        name = yield from tell.somebody(world, role, "2024")
        _, by = tell.known(world, name)
        names.append((name, by))
    (first, one), (second, two), (third, _) = names
    yield from tell.declaring(world, one, first, "started")
    yield "merge", {"who": first, "into": second}
    yield "defer", {"by": one, "who": first, "reason": "bereavement", "id": "then"}
    yield from tell.declaring(world, two, second, "started")
    yield "merge", {"who": second, "into": third}
    yield "resume", {"by": one, "who": first, "id": "then"}


def found_out_later(tell: Teller, world: World) -> Story:
    """Declared before the DfE knows, found eligible, and not so sure any more."""
    there = tell.standing(world, "2024")
    where = {"urn": there.school.urn, "cohort": there.cohort, "role": "ect"}
    who = yield from tell.registered(tell.newcomer(validation="checking_qts", **where))
    _, by = tell.known(world, who)
    yield from tell.declaring(world, by, who, "started")
    for status, validated in (("eligible_to_start", False), ("contacted_for_information", None)):
        yield "validate", {"who": who, "status": status, "trn_validated": validated}
    yield "defer", {"by": by, "who": who, "reason": "other", "id": "now"}
    yield "validate", {"who": who, "status": "not_eligible_for_funded_training", "trn_validated": None}


def two_of_one_number(tell: Teller, world: World) -> Story:
    """Registered twice with one TRN, declared under both ids."""
    first = yield from tell.somebody(world, "ect", "2024")
    training, one = tell.known(world, first)
    there = tell.standing(world, "2024")
    where = {"urn": there.school.urn, "cohort": there.cohort, "role": "ect", "validation": "none"}
    second = yield from tell.registered(tell.newcomer(**where) | {"trn": training.person.trn})
    _, two = tell.known(world, second)
    yield from tell.declaring(world, one, first, "started")
    yield "validate", {"who": second, "status": "checking_qts", "trn_validated": None}
    which = yield from tell.declaring(world, two, second, "started")
    yield "void", {"by": two, "which": which}


def out_of_a_closed_cohort(tell: Teller, world: World) -> Story:
    """An ECT of a cohort that closes moves to 2024, and back."""
    who = yield from tell.somebody(world, "ect", "2022", "2023")
    training, by = tell.known(world, who)
    cohort, urn = training.schedule.cohort, training.newest.school.urn
    yield from tell.declaring(world, by, who, "started")
    partners = [n for n, p in enumerate(world.register.partners) if "2024" in p.works_with.get(_id(world, by), ())]
    if partners and (urn, "2024") != WAITED_FOR:
        yield "confirm", {"by": by, "urn": urn, "cohort": "2024", "partner": partners[0]}
    yield "close-cohort", {"cohort": cohort}
    for to in ("2024", cohort):
        moving = {"to": "ecf-standard-september", "cohort": to, "id": "now"}
        yield "change-schedule", {"by": by, "who": who} | moving
        yield from tell.declaring(world, by, who)
    yield "open-cohort", {"cohort": cohort}


def disowned_and_taken_over(tell: Teller, world: World) -> Story:
    """A school disowns a provider, another confirms, and the first comes back."""
    who = yield from tell.somebody(world, "ect", "2024")
    training, by = tell.known(world, who)
    there = {"urn": training.newest.school.urn, "cohort": training.newest.cohort}
    if (there["urn"], there["cohort"]) == WAITED_FOR:
        return
    yield (
        "declare",
        {"by": by, "who": who, "type": "started", "dated": _now(world), "evidence": None}
        | {
            "id": "now",
            "named": tell.declared(),
        },
    )
    yield "challenge", {"of": by, "reason": "mistake"} | there
    yield "defer", {"by": by, "who": who, "reason": "career-break", "id": "now"}
    other = (by + 1) % 3
    for provider in (other, by):
        works = [
            n for n, p in enumerate(world.register.partners) if "2024" in p.works_with.get(_id(world, provider), ())
        ]
        yield "confirm", {"by": provider, "partner": works[-1]} | there
        if provider == other:
            yield from tell.declaring(world, other, who)
            yield "change-delivery-partner", {"of": other, "by": other, "partner": works[0]} | there
            yield from tell.declaring(world, other, who, dated=world.register.now)
            yield "challenge", {"of": other, "reason": "no_ects"} | there


def leaving_on_a_day(tell: Teller, world: World) -> Story:
    """Two leave on a day that comes; meanwhile what others declared is seen, up to that day."""
    who = yield from tell.somebody(world, "ect", "2024")
    training, before = tell.known(world, who)
    which = yield from tell.declaring(world, before, who, "started")
    urn = tell.elsewhere(world, training, other_provider=True)
    yield _joining(who, urn, world.register.today.isoformat())
    day = world.register.today + 5 * DAY
    after = tell.by(world, training.newest.provider)
    yield "void", {"by": before, "which": which}
    yield "leave", {"who": who, "on": day.isoformat()}
    for at in (midnight(day), midnight(day) + DAY):
        while world.register.now <= at:
            yield "wait", {}
        yield from tell.declaring(world, before, who, dated=at)
    yield "assign-mentor", {"who": who, "mentor": None}
    yield "wait", {}
    yield "resume", {"by": after, "who": who, "id": "now"}


STORIES: Final = (
    paid_and_taken_back,
    away_and_back,
    a_mentor_changes,
    mentor_of_anothers,
    withdrawn_and_resumed,
    leaving_on_a_day,
    disowned_and_taken_over,
    payable_and_voided,
    merged_twice,
    a_mentor_completes,
    out_of_a_closed_cohort,
    found_out_later,
    kept_their_provider,
    waits_for_a_provider,
    two_of_one_number,
)


def _id(world: World, by: int) -> str:
    return world.register.providers[by].id


def _now(world: World) -> str | None:
    return time(world.register.now)


def _soon(world: World) -> str:
    return (world.register.today + 2 * DAY).isoformat()
