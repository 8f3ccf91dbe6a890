"""What happens next on a walk: every act has its turn, on whom there is most to be seen of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from contract_tests.register.asking import ELSEWHERE
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.calendar import london, milestones
from contract_tests.register.model import judgement
from contract_tests.register.model.records import COURSES, DAY, Role, Training
from contract_tests.register.model.shown import time
from contract_tests.register.walks.steps import Step
from contract_tests.register.walks.world import CASTLE_HILL, URNS, World

# How often each act is chosen, roughly; one that has had fewer turns than its share comes sooner.
WEIGHTS: Final[Mapping[str, float]] = {
    "declare": 10,
    "void": 3,
    "pause": 4,
    "resume": 3,
    "change-schedule": 4,
    "confirm": 2.5,
    "change-partner": 1.5,
    "register": 4,
    "join": 3,
    "leave": 2,
    "undo": 0.6,
    "assign-mentor": 2.5,
    "change-provider": 2,
    "change-programme": 1.5,
    "change-details": 2,
    "claim": 3,
    "exempt": 0.8,
    "close-induction": 2,
    "merge": 0.6,
    "partner-up": 1,
    "relate": 0.6,
    "change-school": 1,
    "pay": 1.5,
    "freeze": 0.4,
    "thaw": 0.5,
    "wait": 2,
}
COHORTS: Final = ("2024", "2025", "2026")
PARTNERS: Final = (
    "Oakfield Teaching School Hub",
    "Tideway Teaching School Hub",
    "Saltmarsh Schools Partnership",
    "Brookvale Teaching School Hub",
    "Larkrise Federation",
)
OF_PROVIDERS: Final = (PARTNERS[:2], PARTNERS[1:3], PARTNERS[3:])
WAITS: Final = (
    *(timedelta(0), timedelta(seconds=1), timedelta(seconds=40), timedelta(hours=7)),
    *(timedelta(days=1), timedelta(days=1), timedelta(days=5)),
)
MAY_BE_ODD: Final = 0.12
ENDS: Final = datetime(2027, 3, 1, tzinfo=UTC)  # as no contract period follows that of 2026


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def opening(choose: Chooser) -> Iterator[Step]:
    """How every walk begins: three cohorts of partnerships, and people who have been there for years or for days."""
    for number, urn in enumerate(URNS):
        tutor = {"tutor_name": f"Tutor {number}", "tutor_email": f"tutor{number}@school.example.com"}
        yield Step("change-school", {"urn": urn, "name": None, **tutor}, _moment(f"2024-06-08T09:00:0{number}"))
    for by, urn, cohort, partner in (
        (0, RIVERBANK, "2024", 0),
        (1, ASHDOWN, "2024", 1),
        (0, RIVERBANK, "2025", 1),
        (1, ASHDOWN, "2025", 2),
        (0, CASTLE_HILL, "2025", 0),
        (0, RIVERBANK, "2026", 0),
        (1, CASTLE_HILL, "2026", 1),
    ):
        about = {"by": by, "urn": urn, "cohort": cohort, "partner": PARTNERS[partner]}
        yield Step("partner-up", about, _moment(f"{cohort}-06-1{by}T10:00:00"))
    for number, (role, urn, by, year, mentee) in enumerate(
        (
            ("ect", RIVERBANK, 0, "2024", None),
            ("mentor", RIVERBANK, 0, "2024", "P1"),
            ("ect", RIVERBANK, 0, "2025", None),
            ("ect", ASHDOWN, 1, "2025", None),
            ("mentor", ASHDOWN, 1, "2025", "P4"),
            ("ect", ELSEWHERE, 0, "2025", None),
            ("ect", CASTLE_HILL, 1, "2026", None),
        )
    ):
        about = choose.newcomer(role=role, urn=urn, provider=by, starts=f"{year}-09-02", mentee=mentee)
        if role == "ect":
            about["claimed"] = f"{year}-09-02" if number % 2 == 0 else None
        yield Step("register", about, _moment(f"{year}-09-02T11:00:{number:02}"))

    begun: tuple[tuple[int, str, Role, str], ...] = (
        *((0, "P1", "ect", "2024"), (0, "P2", "mentor", "2024")),
        *((0, "P3", "ect", "2025"), (1, "P5", "mentor", "2025")),
    )
    for number, (by, who, role, year) in enumerate(begun):
        yield Step("declare", choose.started(by, who, role, year), _moment(f"2026-09-15T09:01:0{number}"))


class Chooser:
    """Chooses acts by a seed, with an eye on what is known."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: Counter[str] = Counter()
        self._named = self._declared = 0
        self._recent: list[tuple[str, Role]] = []

    def next(self, world: World) -> Step:
        """The next act."""
        while True:
            shares = {act: (weight / (1 + self._taken[act] / weight)) for act, weight in WEIGHTS.items()}
            (act,) = self._random.choices(list(shares), list(shares.values()))
            self._taken[act] += 1
            about = _CHOICES[act](self, world)
            if about is not None:
                return Step(act, about, world.clock + self._after(act, world.clock))

    def _after(self, act: str, now: datetime) -> timedelta:
        if now > ENDS:
            return self._random.choice(WAITS[:3])
        if act == "wait":
            return timedelta(days=self._random.choice((9, 20, 48)))
        return self._random.choice(WAITS)

    def newcomer(self, **about: Any) -> dict[str, Any]:
        """Somebody who is registered."""
        self._named += 1
        number = self._named
        told = {
            "named": f"P{number}",
            "full_name": f"{chr(65 + number * 7 % 26)}. O'Neill-Þór {number}",
            "trn": f"71{(number * 37) % 100:02}{number:03}",
            "email": f"p{number}@school.example.com",
        }
        return told | about

    def started(self, by: int, who: str, role: Role, year: str) -> dict[str, Any]:
        """That somebody has begun, in October of a year."""
        self._declared += 1
        about = {"by": by, "who": who, "course": COURSES[role], "type": "started", "named": f"D{self._declared}"}
        return about | {"dated": f"{year}-10-10T09:00:00Z", "evidence": "other"}

    # Whom, and who about them.

    def _who(self, world: World, *roles: Role) -> tuple[str, Role] | None:
        """Somebody in a role: one of whom something was told lately, or whoever there is."""
        wanted = roles or ("ect", "mentor")
        there: list[tuple[str, Role]] = [
            (name, role)
            for name, person in world.people.items()
            if person in world.known.people
            for role in wanted
            if world.known.stays_of(person, role)
        ]
        recent = [each for each in self._recent if each in there]
        if not there:
            return None
        found = self._random.choice(recent if recent and self._random.random() < 0.5 else there)
        self._recent = [*self._recent[-3:], found]
        return found

    def _training(self, world: World, who: str, role: Role) -> Training | None:
        led = [each for each in world.known.trainings_of(world.people[who], role) if each.provider]
        return led[-1] if led else None

    def _by(self, world: World, training: Training | None) -> int:
        """The provider that trains somebody, or trained them, or another."""
        provider = training.provider if training else None
        if provider is None or self._random.random() < MAY_BE_ODD:
            return self._random.choice((0, 0, 1, 1, 2))
        return world.known.providers.index(provider)

    def _odd(self) -> bool:
        return self._random.random() < MAY_BE_ODD

    def _about(self, world: World) -> tuple[str, Role, int, str, Training | None] | None:
        """Somebody, what they are, a provider, and a course."""
        found = self._who(world)
        if found is None:
            return None
        who, role = found
        training = self._training(world, who, role)
        course = COURSES["mentor" if (role == "ect") == self._odd() else "ect"]
        return who, role, self._by(world, training), course, training

    def _declare(self, world: World) -> dict[str, Any] | None:
        found = self._about(world)
        if found is None:
            return None
        who, role, by, course, training = found
        cohort, schedule = (training.cohort, training.schedule) if training else ("2025", "ecf-standard-september")
        there = milestones(schedule or "", cohort or "")
        types = list(there) or ["started"]
        open_types = [each for each in types if london(there[each].starts) <= world.known.now] or types
        narrow = role == "mentor" and (cohort or "") >= "2025"
        type = self._random.choice(
            judgement.TYPES if self._odd() else ("started", "completed") if narrow else open_types
        )
        taken = judgement.evidence_taken(cohort or "", role, type)
        evidence = self._random.choice(taken) if taken and not self._odd() else self._random.choice((None, "other"))
        self._declared += 1
        return {
            "by": by,
            "who": who,
            "course": course,
            "type": type,
            "dated": None if self._random.random() < 0.02 else self._dated(world, training, type, who),
            "evidence": evidence,
            "named": f"D{self._declared}",
        }

    def _dated(self, world: World, training: Training | None, type: str, who: str) -> str:
        """A moment that may well be one too many: of a milestone, a withdrawal, another declaration, or now."""
        second, now = timedelta(seconds=1), world.clock
        milestone = milestones(training.schedule or "", training.cohort or "").get(type) if training else None
        edges = [now, now - DAY, now - timedelta(hours=3)]
        if milestone:
            opens = london(milestone.starts)
            edges += [opens, opens - second, opens + timedelta(days=20)]
            if milestone.ends:
                closes = london(milestone.ends + DAY)
                edges += [closes - second, closes, closes - timedelta(days=30)]
        declared = [each.dated for each in world.known.declarations if each.person is world.people[who]]
        edges += [at + by for at in declared[-2:] for by in (second, -second, timedelta(0))]
        if training and training.withdrawn:
            edges += [training.withdrawn.at, training.withdrawn.at - second]
        if training and training.ends:
            edges.append(datetime.combine(training.ends, datetime.min.time(), now.tzinfo))
        past = [each for each in edges if each <= now]
        return str(time(self._random.choice(past if past and not self._odd() else [*edges, now + timedelta(days=2)])))

    def _void(self, world: World) -> dict[str, Any] | None:
        there = [name for name, each in world.declarations.items() if each in world.known.declarations]
        if not there:
            return None
        which = self._random.choice(there[-5:])
        own = world.known.providers.index(world.declarations[which].provider)
        return {"by": self._random.choice((0, 1)) if self._odd() else own, "which": which}

    def _pause(self, world: World) -> dict[str, Any] | None:
        found = self._about(world)
        if found is None:
            return None
        how = self._random.choice(("withdraw", "defer"))
        reasons = judgement.WITHDRAWN_FOR if how == "withdraw" else judgement.DEFERRED_FOR
        reason = "no-reason" if self._odd() else self._random.choice(reasons)
        return {"by": found[2], "who": found[0], "how": how, "course": found[3], "reason": reason}

    def _resume(self, world: World) -> dict[str, Any] | None:
        paused = [each for each in world.known.trainings if each.withdrawn or each.deferred]
        names = [(name, each) for name, person in world.people.items() for each in paused if each.person is person]
        if names and not self._odd():
            who, training = self._random.choice(names)
            return {"by": self._by(world, training), "who": who, "course": COURSES[training.role]}
        found = self._about(world)
        return {"by": found[2], "who": found[0], "course": found[3]} if found else None

    def _change_schedule(self, world: World) -> dict[str, Any] | None:
        found = self._about(world)
        if found is None:
            return None
        training = found[4]
        schedules = judgement.SCHEDULES
        if training and self._random.random() < 0.6:
            schedules = (training.schedule or "", "ecf-extended-september", "ecf-standard-january")
        cohort = self._random.choice((None, None, *COHORTS))
        about = {"by": found[2], "who": found[0], "course": found[3], "cohort": cohort}
        return about | {"schedule": "ecf-standard-spring" if self._odd() else self._random.choice(schedules)}

    def _confirm(self, world: World) -> dict[str, Any]:
        hoped = [each for each in world.known.trainings if each.named and not each.partnership]
        if hoped and self._random.random() < 0.5:
            each = self._random.choice(hoped)
            assert each.named
            by = world.known.providers.index(each.named)
            return {
                "by": by,
                "urn": each.stay.school.urn,
                "cohort": each.cohort,
                "partner": self._random.choice(OF_PROVIDERS[by]),
            }
        by = self._random.choice((0, 1, 2))
        return {
            "by": by,
            "urn": None if self._odd() else self._random.choice(URNS),
            "cohort": self._random.choice((None, "2022", "2023")) if self._odd() else self._random.choice(COHORTS),
            "partner": self._random.choice((None, *PARTNERS)) if self._odd() else self._random.choice(OF_PROVIDERS[by]),
        }

    def _change_partner(self, world: World) -> dict[str, Any] | None:
        of = self._random.choice(world.known.partnerships)
        number = world.known.providers.index(of.provider)
        return {
            "by": (number + 1) % 3 if self._odd() else number,
            "of": number,
            "urn": of.school.urn,
            "cohort": of.cohort,
            "partner": self._random.choice(PARTNERS if self._odd() else OF_PROVIDERS[number]),
        }

    def _register(self, world: World) -> dict[str, Any]:
        role = self._random.choice(("ect", "ect", "mentor"))
        today = world.clock.date()
        partnership = self._random.choice(world.known.partnerships)
        near = self._random.random() < 0.6
        urn = partnership.school.urn if near else self._random.choice(URNS)
        provider = world.known.providers.index(partnership.provider) if near else self._random.choice((0, 1, 2))
        days = self._random.choice((-40, -3, -1, 0, 0, 5, 30))
        about = self.newcomer(role=role, urn=urn, starts=(today + timedelta(days=days)).isoformat(), provider=provider)
        if role == "ect":
            about["pattern"] = self._random.choice((None, "full_time", "part_time"))
            about["programme"] = self._random.choice(("provider_led", "provider_led", "provider_led", "school_led"))
            about["claimed"] = about["starts"] if self._random.random() < 0.3 and days <= 0 else None
        else:
            about["programme"] = self._random.choice(("provider_led", "provider_led", "school_led"))
            there = [name for name, each in world.people.items() if self._is_ect_at(world, each, urn)]
            about["mentee"] = self._random.choice([None, *there])
        if self._random.random() < 0.15 and (found := self._who(world, "mentor" if role == "ect" else "ect")):
            about["also"] = found[0]
        if self._odd():
            about["trn"] = about["trn"] if about.get("also") else None
            about["trn"] = about["trn"] or f"72{self._named:05}"
        return about

    @staticmethod
    def _is_ect_at(world: World, person: Any, urn: str) -> bool:
        stay = world.known.present(person, "ect") if person in world.known.people else None
        return stay is not None and stay.school.urn == urn

    def _day(self, world: World, *days: int) -> str:
        return (world.known.today + timedelta(days=self._random.choice(days))).isoformat()

    def _join(self, world: World) -> dict[str, Any] | None:
        found = self._who(world)
        if found is None:
            return None
        on, urn = self._day(world, -2, 0, 0, 1, 14), self._random.choice(URNS)
        stay = world.known.present(world.people[found[0]], found[1])
        if stay and stay.ends and self._random.random() < 0.4:  # who left comes back
            urn, on = stay.school.urn, max(on, (stay.ends + DAY).isoformat())
        provider = self._random.choice((None, None, 0, 1, 2))
        as_well = self._random.random() < 0.4
        return {"who": found[0], "role": found[1], "urn": urn, "on": on, "provider": provider, "as_well": as_well}

    def _leave(self, world: World) -> dict[str, Any] | None:
        found = self._who(world)
        return found and {"who": found[0], "role": found[1], "on": self._day(world, -3, -1, 0, 0, 1, 20)}

    def _undo(self, world: World) -> dict[str, Any] | None:
        found = self._who(world)
        return found and {"who": found[0], "role": found[1]}

    def _assign_mentor(self, world: World) -> dict[str, Any] | None:
        ect, mentor = self._who(world, "ect"), self._who(world, "mentor")
        for _ in range(6):
            if ect and mentor and self._are_together(world, ect[0], mentor[0]):
                break
            mentor = self._who(world, "mentor")
        return {"who": ect[0], "mentor": mentor[0]} if ect and mentor else None

    @staticmethod
    def _are_together(world: World, ect: str, mentor: str) -> bool:
        known = world.known
        one, other = known.present(world.people[ect], "ect"), known.present(world.people[mentor], "mentor")
        return one is not None and other is not None and one.school is other.school

    def _change_provider(self, world: World) -> dict[str, Any] | None:
        found = self._who(world)
        return found and {"who": found[0], "role": found[1], "to": self._random.choice((0, 1, 2))}

    def _change_programme(self, world: World) -> dict[str, Any] | None:
        found = self._who(world, "ect")
        programme = self._random.choice(("school_led", "provider_led"))
        return found and {"who": found[0], "programme": programme, "provider": self._random.choice((0, 1))}

    def _change_details(self, world: World) -> dict[str, Any] | None:
        found = self._who(world)
        self._named += 1
        told: dict[str, Any] = {"full_name": None, "email": None, "pattern": None}
        what = self._random.choice(tuple(told))
        new = {
            "full_name": f"Name {self._named}",
            "email": f"new{self._named}@school.example.com",
            "pattern": "part_time",
        }
        return found and {"who": found[0], **told, what: new[what]}

    def _claim(self, world: World) -> dict[str, Any] | None:
        found = self._who(world, "ect")
        return found and {"who": found[0], "on": self._day(world, -30, -1, 0)}

    def _exempt(self, world: World) -> dict[str, Any] | None:
        today = [
            name
            for name, each in world.people.items()
            if (since := each.funding["ect"].eligible_since) and since >= world.clock - DAY
        ]
        if today and self._random.random() < 0.7:  # on the day on which they became eligible
            return {"who": self._random.choice(today)}
        found = self._who(world, "ect")
        return found and {"who": found[0]}

    def _close_induction(self, world: World) -> dict[str, Any] | None:
        inducted = [name for name, each in world.people.items() if any(not one.ends for one in each.inductions)]
        if not inducted:
            return None
        outcome = self._random.choice(("pass", "fail", None))
        return {"who": self._random.choice(inducted), "on": self._day(world, -5, -1, 0), "outcome": outcome}

    def _merge(self, world: World) -> dict[str, Any] | None:
        one, other = self._who(world, "mentor"), self._who(world, "ect")
        return {"who": one[0], "into": other[0]} if one and other else None

    def _partner_up(self, _world: World) -> dict[str, Any]:
        by = self._random.choice((0, 1, 2))
        urn, cohort = self._random.choice(URNS), self._random.choice(COHORTS)
        return {"by": by, "urn": urn, "cohort": cohort, "partner": self._random.choice(OF_PROVIDERS[by])}

    def _relate(self, _world: World) -> dict[str, Any]:
        self._named += 1
        partner = self._random.choice((*PARTNERS, f"Partner {self._named}"))
        return {
            "by": self._random.choice((0, 1)),
            "partner": partner,
            "cohort": self._random.choice(("2022", *COHORTS)),
        }

    def _change_school(self, _world: World) -> dict[str, Any]:
        self._named += 1
        number, name = self._named, self._random.random() < 0.4
        return {
            "urn": self._random.choice(URNS),
            "name": f"School {number}" if name else None,
            "tutor_name": None if name else f"Tutor {number}",
            "tutor_email": None if name else f"tutor{number}@school.example.com",
        }

    def _pay(self, world: World) -> dict[str, Any]:
        payable = [each for each in world.known.declarations if each.state in ("payable", "awaiting-clawback")]
        if payable:
            each = self._random.choice(payable)
            return {"by": world.known.providers.index(each.provider), "cohort": each.cohort}
        return {"by": self._random.choice((0, 1)), "cohort": self._random.choice(COHORTS)}

    def _of_cohort(self, _world: World) -> dict[str, Any]:
        return {"cohort": self._random.choice(("2021", "2024", "2024", "2025"))}

    def _thaw(self, world: World) -> dict[str, Any] | None:
        frozen = sorted(world.known.frozen - {"2021", "2022"})
        return {"cohort": self._random.choice(frozen)} if frozen else None

    def _wait(self, _world: World) -> dict[str, Any]:
        return {}


_CHOICES: Final[Mapping[str, Callable[[Chooser, World], dict[str, Any] | None]]] = {
    "declare": Chooser._declare,
    "void": Chooser._void,
    "pause": Chooser._pause,
    "resume": Chooser._resume,
    "change-schedule": Chooser._change_schedule,
    "confirm": Chooser._confirm,
    "change-partner": Chooser._change_partner,
    "register": Chooser._register,
    "join": Chooser._join,
    "leave": Chooser._leave,
    "undo": Chooser._undo,
    "assign-mentor": Chooser._assign_mentor,
    "change-provider": Chooser._change_provider,
    "change-programme": Chooser._change_programme,
    "change-details": Chooser._change_details,
    "claim": Chooser._claim,
    "exempt": Chooser._exempt,
    "close-induction": Chooser._close_induction,
    "merge": Chooser._merge,
    "partner-up": Chooser._partner_up,
    "relate": Chooser._relate,
    "change-school": Chooser._change_school,
    "pay": Chooser._pay,
    "freeze": Chooser._of_cohort,
    "thaw": Chooser._thaw,
    "wait": Chooser._wait,
}
