"""The nearest value that would have been accepted is accepted: each that is named is sent, to a world as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest

from sandbox.editions.ecf.book import BOOKS
from sandbox.model import Behaviour, Partnership
from sandbox.rules.nearest import ABOUT
from sandbox.rules.rule import Gate, rule_id_of
from tests.api import Api, Reply, World
from tests.backstage import Backstage
from tests.edge.control.why import why

from .variants import EVERY_BEHAVIOUR

STARTED = "2024-10-14T09:00:00Z"
NOW = "2024-11-15T09:00:00Z"  # in every world, as it begins
ATTENDED = {"training-event-attended", "self-study-material-completed", "other"}


class Request(NamedTuple):
    """A request that is refused, and can be made again with something else in it."""

    api: Api
    path: str
    attributes: dict[str, Any]

    def send(self, **others: Any) -> Reply:
        ask = self.api.put if self.path.startswith("/participants") else self.api.post
        return ask(self.path, **self.attributes | others)


def declaring(api: Api, participant_id: str, type: str, dated: str | None, **others: Any) -> Request:
    attributes = {
        "participant_id": participant_id,
        "declaration_type": type,
        "declaration_date": dated,
        "course_identifier": "ecf-induction",
        "evidence_held": "other",
    }
    return Request(api, "/participant-declarations", attributes | others)


def changing(api: Api, action: str, participant_id: str, **attributes: Any) -> Request:
    return Request(
        api, f"/participants/ecf/{participant_id}/{action}", {"course_identifier": "ecf-induction"} | attributes
    )


Case = Callable[[World], Request]


def ada(world: World, *, started: bool = False, **registration: Any) -> tuple[Api, str]:
    """Northgate, and an ECT of cohort 2024 whom it trains."""
    api, participant_id = world.api(), Backstage(world).person(**registration)
    if started:
        assert api.declare(participant_id, "started", STARTED).status == 200
    return api, participant_id


def dated(type: str, when: str | None, at: str = NOW, **others: Any) -> Case:
    """Something declared of Ada at a time."""

    def case(world: World) -> Request:
        api, participant_id = ada(world)
        return declaring(api.at(at), participant_id, type, when, **others)

    return case


def started_and(type: str, when: str, at: str, **others: Any) -> Case:
    """Something declared of Ada after she was declared started."""

    def case(world: World) -> Request:
        api, participant_id = ada(world, started=True)
        return declaring(api.at(at), participant_id, type, when, **others)

    return case


def withdrawn_first(world: World) -> Request:
    api, participant_id = ada(world, started=True)
    assert api.at("2025-02-10T12:00:00Z").withdraw(participant_id).status == 200
    return declaring(api.at("2025-05-12T09:00:00Z"), participant_id, "retained-1", "2025-03-03T09:00:00Z")


def withdrawn_and_undated(world: World) -> Request:
    api, participant_id = ada(world, started=True)
    assert api.at("2025-02-10T12:00:00Z").withdraw(participant_id).status == 200
    return declaring(api.at("2025-05-12T09:00:00Z"), participant_id, "retained-1", None)


def came_back(world: World) -> Request:
    """Declared of a day between the withdrawal and the day they joined another of the provider's schools."""
    api, participant_id = ada(world, started=True)
    assert api.at("2025-02-10T12:00:00Z").withdraw(participant_id).status == 200
    backstage = Backstage(world)
    backstage.transfer(participant_id, backstage.school(number=1), date(2025, 3, 10))
    return declaring(api.at("2025-05-12T09:00:00Z"), participant_id, "retained-1", "2025-03-03T09:00:00Z")


def of_2025(participant_type: Any, type: str, **others: Any) -> Case:
    def case(world: World) -> Request:
        participant_id = Backstage(world).person(participant_type, cohort="2025")
        course = {"ect": "ecf-induction", "mentor": "ecf-mentor"}[participant_type]
        november = world.api().at("2025-11-20T09:00:00Z")
        return declaring(
            november, participant_id, type, "2025-11-20T08:00:00Z", **{"course_identifier": course} | others
        )

    return case


def changed(action: str, started: bool = False, **attributes: Any) -> Case:
    def case(world: World) -> Request:
        api, participant_id = ada(world, started=started)
        return changing(api, action, participant_id, **attributes)

    return case


def without_partnership(world: World) -> Request:
    api, participant_id = ada(world)
    backstage = Backstage(world)
    school_id = backstage.placement(participant_id).school_id
    with world.writing() as unit:
        for partnership in unit.find(Partnership, school_id=school_id, cohort="2023"):
            unit.delete(Partnership, partnership.id)
    return changing(api, "change-schedule", participant_id, schedule_identifier="ecf-reduced-september", cohort="2023")


LATER = "2025-02-10T09:00:00Z"
SCHEDULE = "schedule_identifier"
DATE, TYPE, COURSE, EVIDENCE = "declaration_date", "declaration_type", "course_identifier", "evidence_held"

# What is refused | the rule | the attribute, and its nearest value
CASES: list[tuple[str, Case, str, str, str]] = [
    ("too early", dated("started", "2024-01-01T00:00:00Z"), "decl.milestone-start", DATE, "2024-06-01T00:00:00Z"),
    (
        "too late",
        dated("started", "2025-02-01T09:00:00Z", at=LATER),
        "decl.milestone-end",
        DATE,
        "2024-12-31T23:59:59Z",
    ),
    ("not yet", dated("started", "2024-11-20T09:00:00Z"), "decl.date-not-future", DATE, NOW),
    (
        "neither yet nor in time",
        dated("started", "2025-06-01T09:00:00Z", at=LATER),
        "decl.date-not-future",
        DATE,
        "2024-12-31T23:59:59Z",
    ),
    ("after a withdrawal", withdrawn_first, "decl.before-withdrawal", DATE, "2025-02-10T11:59:59Z"),
    ("no date after a withdrawal", withdrawn_and_undated, "decl.date-given", DATE, "2025-02-10T11:59:59Z"),
    ("before coming back", came_back, "decl.before-withdrawal", DATE, "2025-03-10T00:00:00Z"),
    ("a day", dated("started", "2024-10-14"), "decl.date-format", DATE, "2024-10-14T00:00:00Z"),
    ("a day that is too early", dated("started", "2024-02-14"), "decl.date-format", DATE, "2024-06-01T00:00:00Z"),
    ("a British day", dated("started", "14/10/2024"), "decl.date-format", DATE, NOW),
    ("no date", dated("started", None), "decl.date-given", DATE, NOW),
    ("no type", dated("", "2024-10-14T09:00:00Z"), "decl.type-given", TYPE, "started"),
    ("a type without a milestone", dated("extended-1", STARTED), "decl.milestone-exists", TYPE, "started"),
    (
        "declared before",
        started_and("started", "2025-02-03T09:00:00Z", LATER),
        "decl.one-per-milestone",
        TYPE,
        "retained-1",
    ),
    ("a mentor retained", of_2025("mentor", "retained-1"), "decl.mentor-types", TYPE, "started"),
    (
        "the wrong course",
        dated("started", STARTED, course_identifier="ecf-mentor"),
        "decl.course-matches",
        COURSE,
        "ecf-induction",
    ),
    (
        "an old course",
        dated("started", STARTED, course_identifier="npq-senco"),
        "decl.npq-retired",
        COURSE,
        "ecf-induction",
    ),
    (
        "no evidence",
        started_and("retained-1", "2025-02-03T09:00:00Z", LATER, evidence_held=None),
        "decl.evidence",
        EVIDENCE,
        "training-event-attended",
    ),
    (
        "evidence misspelt",
        started_and("retained-1", "2025-02-03T09:00:00Z", LATER, evidence_held="self-study"),
        "decl.evidence",
        EVIDENCE,
        "self-study-material-completed",
    ),
    (
        "evidence of a later cohort",
        of_2025("ect", "started", evidence_held="materials-engaged-with"),
        "decl.evidence",
        EVIDENCE,
        "materials-engaged-with-offline",
    ),
    ("no reason to defer", changed("defer"), "defer.reason", "reason", "bereavement"),
    ("a reason misspelt", changed("defer", reason="carer-break"), "defer.reason", "reason", "career-break"),
    (
        "a reason to defer, not to withdraw",
        changed("withdraw", started=True, reason="moved-schools"),
        "withdraw.reason",
        "reason",
        "moved-school",
    ),
    (
        "deferred from the wrong course",
        changed("defer", reason="other", course_identifier="ecf-mentor"),
        "participant.course-matches",
        COURSE,
        "ecf-induction",
    ),
    (
        "withdrawn from no course",
        changed("withdraw", started=True, reason="other", course_identifier=None),
        "participant.course-matches",
        COURSE,
        "ecf-induction",
    ),
    (
        "a schedule misspelt",
        changed("change-schedule", schedule_identifier="ecf-standard-janury"),
        "sched.identifier",
        SCHEDULE,
        "ecf-standard-january",
    ),
    ("no schedule", changed("change-schedule", cohort="2023"), "sched.identifier", SCHEDULE, "ecf-standard-september"),
    (
        "a cohort that is none",
        changed("change-schedule", schedule_identifier="ecf-standard-april", cohort="1924"),
        "sched.identifier",
        "cohort",
        "2024",
    ),
    (
        "the schedule they are on",
        changed("change-schedule", schedule_identifier="ecf-standard-september"),
        "sched.different",
        SCHEDULE,
        "ecf-extended-september",
    ),
    (
        "a schedule for mentors",
        changed("change-schedule", schedule_identifier="ecf-replacement-april"),
        "sched.course",
        SCHEDULE,
        "ecf-reduced-april",
    ),
    (
        "a schedule that does not fit",
        changed("change-schedule", started=True, schedule_identifier="ecf-standard-january"),
        "sched.fits-declarations",
        SCHEDULE,
        "ecf-extended-september",
    ),
    (
        "another cohort after a declaration",
        changed("change-schedule", started=True, schedule_identifier="ecf-reduced-september", cohort="2023"),
        "sched.cohort-fixed",
        "cohort",
        "2024",
    ),
    ("a cohort without a partnership", without_partnership, "sched.partnership", "cohort", "2024"),
]


# Rules of the deployed service that stand for others.
AS_DEPLOYED = {
    "decl.date-given": ("decl.withdrawal-undated",),
    "decl.date-format": ("decl.date-given",),
    "sched.identifier": ("sched.known", "sched.cohort"),
    "sched.fits-declarations": ("sched.declared-milestone",),
}


def broken(world: World, reply: Reply, rule: str) -> dict[str, Any]:
    """What the world says of one rule that a request broke, or of the one that stands for it in its behaviour."""
    (said,) = {rule, *AS_DEPLOYED.get(rule, ())} & {*reply.rules}
    (found,) = [each for each in why(world, reply)["broke"] if each["rule"] == said]
    return dict(found)


@EVERY_BEHAVIOUR
@pytest.mark.parametrize(
    ("case", "rule", "attribute", "value"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_every_value_that_is_said_to_be_accepted_is(
    case: Case, rule: str, attribute: str, value: str, behaviour: Behaviour
) -> None:
    world = World(behaviour=behaviour)
    nearest = broken(world, case(world).send(), rule)["nearest"]
    assert (nearest["attribute"], nearest["value"], nearest["accepted"]) == (attribute, value, True)
    assert nearest["values"][0] == value
    for each in nearest["values"]:
        assert case(World(behaviour=behaviour)).send(**{attribute: each}).status == 200, each


def test_every_rule_that_another_value_may_satisfy_is_among_them() -> None:
    deployed = {rule for rules in AS_DEPLOYED.values() for rule in rules}
    assert {rule for _, _, rule, _, _ in CASES} | deployed == frozenset().union(*ABOUT.values())


def test_no_value_that_would_be_accepted_is_left_out() -> None:
    world = World()
    reply = started_and("retained-1", "2025-02-03T09:00:00Z", LATER, evidence_held="hearsay")(world).send()
    assert set(broken(world, reply, "decl.evidence")["nearest"]["values"]) == ATTENDED
    reply = changed("defer")(world).send()
    assert len(broken(world, reply, "defer.reason")["nearest"]["values"]) == 5


def test_of_two_faults_each_has_its_nearest_value_and_both_together_are_accepted() -> None:
    world = World()
    request = started_and("extended-1", "2025-06-01T09:00:00Z", LATER)(world)
    why_not = {each["rule"]: each["nearest"] for each in why(world, request.send())["broke"]}
    assert why_not.keys() == {"decl.date-not-future", "decl.milestone-exists"}
    assert not any(nearest["accepted"] for nearest in why_not.values())
    assert "decl.milestone-exists" in why_not["decl.date-not-future"]["note"]
    others = why_not["decl.milestone-exists"]["values"]
    assert "started" not in others, "which was declared before"
    now = why_not["decl.date-not-future"]["value"]
    assert [type for type in others if request.send(declaration_date=now, declaration_type=type).status == 200] == [
        "retained-1"
    ]


def void_twice(api: Api, participant_id: str) -> Reply:
    id = api.declare(participant_id, "started", STARTED).id
    assert api.void(id).status == 200
    return api.void(id)


def defer_twice(api: Api, participant_id: str) -> Reply:
    assert api.defer(participant_id).status == 200
    return api.defer(participant_id)


@pytest.mark.parametrize(
    ("ask", "rule"),
    [
        (void_twice, "void.once"),
        (defer_twice, "defer.not-deferred"),
        (lambda api, ada: api.resume(ada), "resume.was-paused"),
        (lambda api, ada: api.declare(ada, "retained-1", NOW), "decl.milestone-start"),  # it opens in January
        (lambda api, _: api.declare("nobody", "started", STARTED), "decl.participant-known"),
        (lambda api, _: api.defer("nobody", reason="no"), "defer.reason"),
        (lambda api, _: api.get("/participants/ecf/nobody"), "path.unknown"),
        (lambda api, _: api.get("/participants/ecf", **{"page[page]": "0"}), "read.page"),
    ],
)
def test_where_no_other_value_helps_none_is_named(ask: Callable[[Api, str], Reply], rule: str) -> None:
    world = World()
    assert broken(world, ask(*ada(world)), rule)["nearest"] is None


def test_what_is_asked_long_after_is_judged_at_the_time_of_the_request() -> None:
    world = World()
    reply = dated("started", "2024-12-24T09:00:00Z")(world).send()
    world.clock.at = world.clock.at.replace(year=2025)
    assert broken(world, reply, "decl.date-not-future")["nearest"]["value"] == NOW


def test_asking_why_changes_nothing() -> None:
    world = World()
    reply = changed("change-schedule", schedule_identifier="no-such")(world).send()
    before = world.store.revision
    assert broken(world, reply, "sched.identifier")["nearest"] is not None
    assert world.store.revision == before


# What no other value of one attribute mends: somebody else is meant, or nothing more is to be done.
BEYOND_MENDING = {
    "vis.participant",
    "vis.validated-only",
    "participant.placed-with-provider",
    "decl.participant-known",
    "decl.cohort-open",
    "decl.placed-with-provider",
    "defer.not-deferred",
    "defer.not-withdrawn",
    "resume.was-paused",
    "withdraw.needs-started",
    "withdraw.not-withdrawn",
    "sched.not-withdrawn",
    "fragile.resume",
}
ACTS = ("recording", "deferring", "resuming", "withdrawing", "changing_schedule")


def test_of_every_rule_it_is_known_which_attribute_might_mend_it_or_that_none_does() -> None:
    judged = {
        rule_id_of(each)
        for book in BOOKS.values()
        for act in ACTS
        for each in getattr(book, act)
        if not isinstance(each, Gate)
    }
    mended = frozenset[str]().union(*ABOUT.values())
    assert judged - mended - BEYOND_MENDING == set(), "say in ABOUT which attribute they are about"
    assert mended & BEYOND_MENDING == set()
