"""What happens next on a walk: every act has its turn, on whom there is most to be seen of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from contract_tests.register.asking import ELSEWHERE
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.records import DAY, Role, begins, day_of
from contract_tests.register.walks import backstage_choices, provider_choices
from contract_tests.register.walks.chance import PARTNERS, Chance
from contract_tests.register.walks.situations import circumstances
from contract_tests.register.walks.steps import Step
from contract_tests.register.walks.world import CASTLE_HILL, UPLIFTS, World
from contract_tests.walking.newness import OFFERED, Newness

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
    "unfund": 0.6,
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
WAITS: Final = (
    *(timedelta(0), timedelta(seconds=1), timedelta(seconds=40), timedelta(hours=7)),
    *(timedelta(days=1), timedelta(days=1), timedelta(days=5)),
)
SECOND: Final = timedelta(seconds=1)
EARLIER: Final = (SECOND, timedelta(hours=1), DAY, 3 * DAY, 15 * DAY, 60 * DAY)
TOLD_LATE: Final = 0.15  # of what is done
ENDS: Final = datetime(2027, 3, 1, tzinfo=UTC)  # as no contract period follows that of 2026
CHOICES: Final = {**provider_choices.CHOICES, **backstage_choices.CHOICES}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def organisations() -> Iterator[Step]:
    """What is there before anybody comes: tutors, and partnerships in three cohorts."""
    for number, urn in enumerate(UPLIFTS):
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


def opening(chance: Chance) -> Iterator[Step]:
    """How every walk begins: with organisations, and people who have been there for years or for days."""
    yield from organisations()
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
        about = chance.newcomer(role=role, urn=urn, provider=by, starts=f"{year}-09-02", mentee=mentee)
        if role == "ect":
            about["claimed"] = f"{year}-09-02" if number % 2 == 0 else None
        yield Step("register", about, _moment(f"{year}-09-02T11:00:{number:02}"))

    begun: tuple[tuple[int, str, Role, str], ...] = (
        *((0, "P1", "ect", "2024"), (0, "P2", "mentor", "2024")),
        *((0, "P3", "ect", "2025"), (1, "P5", "mentor", "2025")),
    )
    for number, (by, who, role, year) in enumerate(begun):
        yield Step("declare", chance.started(by, who, role, year), _moment(f"2026-09-15T09:01:0{number}"))


class Chooser:
    """Chooses acts, with an eye on what is known."""

    def __init__(self, random: Random) -> None:
        self.chance = Chance(random)
        self._taken: Counter[str] = Counter()
        self._newness = Newness()

    def next(self, world: World) -> Step:
        """The next act."""
        act, about = self._newness.newest(
            [self._offered(world) for _ in range(OFFERED)], lambda act: (act[0], circumstances(world, act[1]))
        )
        self._taken[act] += 1
        return Step(act, about, self._when(act, world.clock))

    def _offered(self, world: World) -> tuple[str, dict[str, Any]]:
        """Something that could be done."""
        while True:
            shares = {act: (weight / (1 + self._taken[act] / weight)) for act, weight in WEIGHTS.items()}
            (act,) = self.chance.random.choices(list(shares), list(shares.values()))
            about = CHOICES[act](self.chance, world)
            if about is not None:
                return act, about

    def _when(self, act: str, now: datetime) -> datetime:
        """When something is done: mostly some time from now, or it is told late, or by a clock that is behind."""
        if act == "wait" or self.chance.random.random() >= TOLD_LATE:
            return now + self._after(act, now)
        midnight = begins(day_of(now))
        return self.chance.random.choice((midnight, midnight - SECOND, *(now - each for each in EARLIER)))

    def _after(self, act: str, now: datetime) -> timedelta:
        if now > ENDS:
            return self.chance.random.choice(WAITS[:3])
        if act == "wait":
            return timedelta(days=self.chance.random.choice((9, 20, 48)))
        return self.chance.random.choice(WAITS)
