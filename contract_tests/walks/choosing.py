"""What happens next on a walk: every act has its turn, on people who have a past wherever there are such."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from contract_tests.model import judgement
from contract_tests.model.records import Schedule, Training, midnight
from contract_tests.model.shown import time
from contract_tests.walks.steps import Step
from contract_tests.walks.telling import Act, Story, Teller
from contract_tests.walks.world import COHORTS, NAMES, PARTNERS, WAITED_FOR, World

# How often each act is chosen, roughly; one that has had fewer turns than its share comes sooner.
WEIGHTS: Final[Mapping[str, float]] = {
    "declare": 9,
    "void": 3,
    "defer": 2,
    "resume": 2,
    "withdraw": 2,
    "change-schedule": 3,
    "confirm": 2,
    "change-delivery-partner": 1.5,
    "register": 3,
    "assign-mentor": 2,
    "leave": 2,
    "join": 4,
    "withdraw-by-school": 1,
    "change-details": 1.5,
    "choose-programme": 1,
    "challenge": 1.5,
    "validate": 2,
    "end-induction": 0.7,
    "merge": 0.7,
    "close-cohort": 0.4,
    "open-cohort": 0.3,
    "pay": 2,
    "relate": 0.6,
    "wait": 2,
}
WAITS: Final = (
    *(timedelta(seconds=1), timedelta(seconds=7), timedelta(hours=5)),
    *(timedelta(days=1), timedelta(days=6), timedelta(days=17)),
)
OF_STORIES: Final = 0.85
VALIDATIONS: Final = (
    *("none", "contacted_for_information", "dfe_checking_eligibility", "checking_qts"),
    *("not_eligible_for_funded_training", "eligible_to_start", "eligible_to_start", "eligible_to_start"),
)
REST_OF_NAMES: Final = (
    '"Zoë", O\'Neill',
    "Grønn\nbæk-Łukasiewicz",
    "of the Seven Very Long Winding Rivers and Hills, Vale",
    "Ünal; Smith\tJr",
    "=1+1 <b>&amp;</b>",
    "Plain",
)
CHALLENGES: Final = ("another_provider", "not_confirmed", "do_not_recognise", "no_ects", "mistake")


def opening(choose: Chooser, at: datetime) -> Iterator[Step]:
    """How every walk begins: two providers at three schools, with ECTs and mentors of several cohorts."""
    second = timedelta(seconds=1)
    for by, urn, cohort, partner in (
        (0, "900406", "2024", 0),
        (0, "900115", "2024", 1),
        (1, "900313", "2024", 1),
        (0, "900405", "2023", 1),
        (1, "900406", "2022", 1),
    ):
        about = {"by": by, "urn": urn, "cohort": cohort, "partner": partner}
        at += second
        yield Step("confirm", about, at)
    for role, urn, cohort, mentor in (
        ("mentor", "900406", "2024", None),
        ("ect", "900406", "2024", "T1"),
        ("mentor", "900313", "2024", None),
        ("ect", "900313", "2024", "T1"),
        ("ect", "900405", "2023", None),
        ("ect", "900406", "2022", None),
    ):
        at += second
        newcomer = choose.newcomer(urn=urn, cohort=cohort, role=role, mentor=mentor, validation="eligible_to_start")
        yield Step("register", newcomer, at)


class Chooser:
    """Chooses acts by a seed, with an eye on what is known."""

    def __init__(self, random: Random, stories: Sequence[Callable[[Teller, World], Story]] = ()) -> None:
        self._random = random
        self._waiting = list(stories)
        self._story: Story = iter(())
        self._teller = Teller(random, self.newcomer, self._next_declared)
        self._taken: Counter[str] = Counter()
        self._named = self._declared = 0
        self._recent: list[str] = []

    def next(self, world: World) -> Step:
        """The next act: of a story, mostly, while there are any; else on somebody who may well do for it."""
        if self._random.random() < OF_STORIES and (told := self._told(world)):
            self._taken[told[0]] += 1
            return Step(*told, world.register.now + self._after(told[0]))
        while True:
            shares = {act: (weight / (1 + self._taken[act] / weight)) for act, weight in WEIGHTS.items()}
            (act,) = self._random.choices(list(shares), list(shares.values()))
            about = _CHOICES[act](self, world)
            self._taken[act] += 1
            if about is None:
                continue
            if "who" in about:
                self._recent = [*self._recent[-3:], about["who"]]
            return Step(act, about, world.register.now + self._after(act))

    def _told(self, world: World) -> Act | None:
        """What comes next in the story that is told, or in the next one."""
        while True:
            with suppress(KeyError):  # whom it is about could not be registered
                if told := next(self._story, None):
                    return told
            if not self._waiting:
                return None
            self._story = self._waiting.pop(0)(self._teller, world)

    def _after(self, act: str) -> timedelta:
        """How much later an act is."""
        if act == "wait":
            return timedelta(days=self._random.choice((10, 25, 45)))
        return self._random.choice(WAITS)

    def _next_declared(self) -> str:
        self._declared += 1
        return f"D{self._declared}"

    def newcomer(self, **about: Any) -> dict[str, Any]:
        """Somebody who is registered."""
        self._named += 1
        number = self._named
        told = {
            "named": f"T{number}",
            "full_name": self._name(),
            "email": f"o'neill+{number}.x@sub-domain.example.com",
            "trn": f"23456{number:02}",
        }
        return told | about

    def _name(self) -> str:
        """Two plain letters, so that it has its place in every order, and then whatever there is."""
        number = self._random.randrange(26 * 26)
        return f"{chr(65 + number // 26)}{chr(97 + number % 26)} {self._random.choice(REST_OF_NAMES)}"

    def _who(self, world: World, role: str | None = None) -> str:
        """A training: as often as not one that something was done about lately."""
        known = [name for name, training in world.trainings.items() if role in (None, training.role)]
        recent = [name for name in self._recent if name in known]
        return self._random.choice(recent if recent and self._random.random() < 0.5 else known)

    def _by(self, world: World, training: Training) -> int:
        """Mostly a provider that has something to do with somebody."""
        providers = world.register.providers
        own = [n for n, each in enumerate(providers) if any(p.provider is each for p in training.placements)]
        return self._random.choice(own if own and self._random.random() < 0.85 else range(len(providers)))

    def _report(self, world: World) -> dict[str, Any]:
        who = self._who(world)
        id = self._random.choice(("now", "now", "then"))
        return {"by": self._by(world, world.trainings[who]), "who": who, "id": id}

    def _declare(self, world: World) -> dict[str, Any]:
        about = self._report(world)
        training, register = world.trainings[about["who"]], world.register
        own = register.acted_on(register.providers[about["by"]], training)
        schedule = training.schedule if register.deployed or not own else own[0].schedule
        milestones = register.milestones(schedule)
        begun = [type for type, each in milestones.items() if each.opens <= register.now]
        missing = [t for t in begun if not judgement.rival(register, training.person, training.course, t)]
        types = missing if missing and self._random.random() < 0.8 else list(milestones)
        type = "started" if "started" in missing and self._random.random() < 0.6 else self._random.choice(types)
        dated = self._dated(world, training, schedule, type)
        evidence = self._evidence(training, schedule, type)
        return about | {"type": type, "dated": time(dated), "evidence": evidence, "named": self._next_declared()}

    def _dated(self, world: World, training: Training, schedule: Schedule, type: str) -> datetime:
        """A date inside the milestone, mostly; sometimes on the edge of it, of now, or of a placement."""
        now, milestone = world.register.now, world.register.milestones(schedule)[type]
        second = timedelta(seconds=1)
        last = min(milestone.closes or now, now)
        inside = milestone.opens + (last - milestone.opens) * self._random.random()
        edges = [milestone.opens, milestone.opens - second, milestone.opens + second, now, now + second]
        edges += [milestone.closes, milestone.closes + second] if milestone.closes else []
        for placement in training.placements:
            for at in (placement.starts_at, placement.ends_at, placement.said.at):
                edges += [at, at - second] if at else []
            edges += [midnight(placement.ends_on) + timedelta(hours=15)] if placement.ends_on else []
        if milestone.opens < last and self._random.random() < 0.6:
            return inside.replace(microsecond=0)
        return self._random.choice(edges)

    def _evidence(self, training: Training, schedule: Schedule, type: str) -> str | None:
        allowed = judgement.evidence_allowed(training, schedule, type)
        if self._random.random() < 0.1:
            return self._random.choice((None, "nothing", "one-term-induction", "other"))
        return self._random.choice(allowed) if allowed else self._random.choice((None, "other"))

    def _void(self, world: World) -> dict[str, Any] | None:
        declared = world.declarations
        if not declared:
            return None
        paid = [name for name, each in declared.items() if each.state == "paid"]
        which = self._random.choice(paid if paid and self._random.random() < 0.5 else list(declared))
        by = world.register.providers.index(declared[which].provider)
        return {"by": by if self._random.random() < 0.9 else (by + 1) % 3, "which": which}

    def _defer(self, world: World) -> dict[str, Any]:
        reasons = (*judgement.DEFERRAL_REASONS, "moved-school")
        return self._report(world) | {"reason": self._random.choice(reasons)}

    def _resume(self, world: World) -> dict[str, Any]:
        about = self._report(world)
        paused = [
            (name, placement)
            for name, training in world.trainings.items()
            for placement in training.placements
            if placement.said.status != "active" and placement.view != "changed"
        ]
        if paused and self._random.random() < 0.8:
            who, placement = self._random.choice(paused)
            if placement.provider in world.register.providers:
                return about | {"who": who, "by": world.register.providers.index(placement.provider)}
        return about

    def _withdraw(self, world: World) -> dict[str, Any]:
        reasons = (*judgement.WITHDRAWAL_REASONS, "school-left-fip", "bereavement")
        return self._report(world) | {"reason": self._random.choice(reasons)}

    def _change_schedule(self, world: World) -> dict[str, Any]:
        about = self._report(world)
        training = world.trainings[about["who"]]
        known = (*judgement.SCHEDULES[training.course], "ecf-standard-september", "ecf-replacement-april")
        choices: list[str | None] = [None, None, None, "2024", *COHORTS]
        return about | {"to": self._random.choice(known), "cohort": self._random.choice(choices)}

    def _confirm(self, world: World) -> dict[str, Any] | None:
        urn = self._random.choice(world.register.schools).urn
        cohort = self._random.choice(("2024", "2024", "2025", "2023", "2022"))
        if (urn, cohort) == WAITED_FOR:
            return None
        by = self._random.randrange(3)
        own = [each for each in world.register.partnerships if not each.stands and each.provider.id]
        if own and self._random.random() < 0.6:
            again = self._random.choice(own)
            urn, cohort, by = again.school.urn, again.cohort, world.register.providers.index(again.provider)
        provider = world.register.providers[by]
        partners = world.register.partners
        theirs = [n for n, each in enumerate(partners) if cohort in each.works_with.get(provider.id, ())]
        partner = self._random.choice(theirs if theirs and self._random.random() < 0.9 else range(len(partners)))
        return {"by": by, "urn": urn, "cohort": cohort, "partner": partner}

    def _partnership(self, world: World) -> dict[str, Any] | None:
        own = [each for each in world.register.partnerships if each.provider.id and not each.relationship]
        if not own:
            return None
        found = self._random.choice(own)
        of = world.register.providers.index(found.provider)
        return {"of": of, "urn": found.school.urn, "cohort": found.cohort}

    def _change_partner(self, world: World) -> dict[str, Any] | None:
        about = self._partnership(world)
        if about is None:
            return None
        by = about["of"] if self._random.random() < 0.9 else (about["of"] + 1) % 3
        return about | {"by": by, "partner": self._random.randrange(len(world.register.partners))}

    def _register(self, world: World) -> dict[str, Any] | None:
        random = self._random
        standing = [each for each in world.register.partnerships if each.stands and each.provider.id]
        where = random.choice(standing) if standing and random.random() < 0.85 else None
        urn = where.school.urn if where else random.choice(world.register.schools).urn
        cohort = where.cohort if where else random.choice(COHORTS)
        if (urn, cohort) == WAITED_FOR or (urn in ("900115", "900313") and cohort == "2022"):
            return None
        about: dict[str, Any] = {"urn": urn, "cohort": cohort}
        about |= {"role": random.choice(("ect", "ect", "mentor")), "validation": random.choice(VALIDATIONS)}
        step = self.newcomer(**about)
        if random.random() < 0.2:
            step |= {"also": self._who(world), "role": "mentor"}
        elif random.random() < 0.25:
            step |= {"trn": world.trainings[self._who(world)].person.trn, "validation": "none"}
        elif step["validation"] == "contacted_for_information" and random.random() < 0.5:
            step["trn"] = None
        if random.random() < 0.3:
            step["starts_on"] = (world.register.today + timedelta(days=random.choice((-20, 0, 9)))).isoformat()
        mentors = [name for name, training in world.trainings.items() if training.role == "mentor"]
        if step["role"] == "ect" and mentors and random.random() < 0.5:
            step["mentor"] = random.choice(mentors)
        return None if step["trn"] is None and step["validation"] != "contacted_for_information" else step

    def _mentor(self, world: World) -> dict[str, Any] | None:
        ects = [name for name, training in world.trainings.items() if training.role == "ect"]
        mentors = [name for name, training in world.trainings.items() if training.role == "mentor"]
        who = self._who(world, "ect") if ects else None
        return {"who": who, "mentor": self._random.choice([*mentors, *mentors, None])} if who else None

    def _day(self, world: World) -> str:
        return (world.register.today + timedelta(days=self._random.choice((-3, 0, 0, 1, 4, 20)))).isoformat()

    def _leave(self, world: World) -> dict[str, Any]:
        return {"who": self._who(world), "on": self._day(world)}

    def _join(self, world: World) -> dict[str, Any]:
        who, random = self._who(world), self._random
        training = world.trainings[who]
        elsewhere = [each.urn for each in world.register.schools if each is not training.newest.school]
        mentors = [name for name, each in world.trainings.items() if each.role == "mentor"]
        mentor = random.choice(mentors) if mentors and training.role == "ect" and random.random() < 0.4 else None
        email = f"new.{self._named}@elsewhere.example.com" if random.random() < 0.3 else None
        about = {"who": who, "urn": random.choice(elsewhere), "on": self._day(world), "keeps": random.random() < 0.4}
        return about | {"mentor": mentor, "email": email}

    def _withdraw_by_school(self, world: World) -> dict[str, Any]:
        return {"who": self._who(world)}

    def _change_details(self, world: World) -> dict[str, Any]:
        number = self._random.randrange(100)
        email = f"changed.{number}@new-school.example.com"
        changes: dict[str, str | None] = self._random.choice(
            ({"full_name": self._name(), "email": None}, {"full_name": None, "email": email})
        )
        return {"who": self._who(world)} | changes

    def _choose_programme(self, world: World) -> dict[str, Any] | None:
        urn, cohort = self._random.choice(world.register.schools).urn, self._random.choice(COHORTS)
        if (urn, cohort) == WAITED_FOR:
            return None
        programme = self._random.choice(("provider_led", "school_led", "no_early_career_teachers"))
        return {"urn": urn, "cohort": cohort, "programme": programme}

    def _challenge(self, world: World) -> dict[str, Any] | None:
        about = self._partnership(world)
        return about and about | {"reason": self._random.choice(CHALLENGES)}

    def _validate(self, world: World) -> dict[str, Any]:
        statuses = [each for each in VALIDATIONS if each != "none"]
        validated = self._random.choice((None, None, True, False))
        return {"who": self._who(world), "status": self._random.choice(statuses), "trn_validated": validated}

    def _end_induction(self, world: World) -> dict[str, Any]:
        on: date = world.register.today + timedelta(days=self._random.choice((-30, 0, 30)))
        return {"who": self._who(world, "ect"), "on": self._random.choice((on.isoformat(), on.isoformat(), None))}

    def _merge(self, world: World) -> dict[str, Any] | None:
        who = self._who(world)
        others = [name for name, each in world.trainings.items() if each.person is not world.trainings[who].person]
        return {"who": who, "into": self._random.choice(others)} if others else None

    def _close_cohort(self, _world: World) -> dict[str, Any]:
        return {"cohort": self._random.choice(("2022", "2023"))}

    def _open_cohort(self, world: World) -> dict[str, Any] | None:
        closed = sorted(world.register.closed)
        return {"cohort": self._random.choice(closed)} if closed else None

    def _pay(self, world: World) -> dict[str, Any]:
        held = [each.statement for each in world.register.declarations if each.statement]
        waiting = [each for each in held if each.state == "open"]
        how = self._random.choice(("pay", "pay", "payable"))
        if waiting and self._random.random() < 0.8:
            found = self._random.choice(waiting)
            return {"of": world.register.providers.index(found.provider), "cohort": found.cohort, "how": how}
        return {"of": self._random.randrange(3), "cohort": self._random.choice(COHORTS), "how": how}

    def _relate(self, _world: World) -> dict[str, Any]:
        by, cohort = self._random.randrange(len(NAMES)), self._random.choice(COHORTS)
        return {"by": by, "name": self._random.choice([*PARTNERS, "Dove, Wing & Co"]), "cohort": cohort}

    def _nothing(self, _world: World) -> dict[str, Any]:
        return {}


_CHOICES: Final[Mapping[str, Callable[[Chooser, World], dict[str, Any] | None]]] = {
    "declare": Chooser._declare,
    "void": Chooser._void,
    "defer": Chooser._defer,
    "resume": Chooser._resume,
    "withdraw": Chooser._withdraw,
    "change-schedule": Chooser._change_schedule,
    "confirm": Chooser._confirm,
    "change-delivery-partner": Chooser._change_partner,
    "register": Chooser._register,
    "assign-mentor": Chooser._mentor,
    "leave": Chooser._leave,
    "join": Chooser._join,
    "withdraw-by-school": Chooser._withdraw_by_school,
    "change-details": Chooser._change_details,
    "choose-programme": Chooser._choose_programme,
    "challenge": Chooser._challenge,
    "validate": Chooser._validate,
    "end-induction": Chooser._end_induction,
    "merge": Chooser._merge,
    "close-cohort": Chooser._close_cohort,
    "open-cohort": Chooser._open_cohort,
    "pay": Chooser._pay,
    "relate": Chooser._relate,
    "wait": Chooser._nothing,
}
