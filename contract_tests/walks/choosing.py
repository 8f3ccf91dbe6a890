"""What happens next on a walk: every act has its turn, on people who have a past wherever there are such."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Final

from contract_tests.walking.newness import OFFERED, Newness
from contract_tests.walks import backstage_choices, provider_choices
from contract_tests.walks.chance import Chance
from contract_tests.walks.moments import Moments
from contract_tests.walks.situations import circumstances
from contract_tests.walks.steps import Step
from contract_tests.walks.telling import Act, Story, Teller
from contract_tests.walks.world import World

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
    "unfund": 0.5,
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
CHOICES: Final = {**provider_choices.CHOICES, **backstage_choices.CHOICES}


def opening(chance: Chance, at: datetime) -> Iterator[Step]:
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
        newcomer = chance.newcomer(urn=urn, cohort=cohort, role=role, mentor=mentor, validation="eligible_to_start")
        yield Step("register", newcomer, at)


class Chooser:
    """Chooses acts, with an eye on what is known."""

    def __init__(
        self, random: Random, moments: Moments, stories: Sequence[Callable[[Teller, World], Story]] = ()
    ) -> None:
        self.chance = Chance(random)
        self._moments = moments
        self._waiting = list(stories)
        self._story: Story = iter(())
        self._teller = Teller(random, self.chance.newcomer, self.chance.next_declared)
        self._taken: Counter[str] = Counter()
        self._newness = Newness()

    def next(self, world: World) -> Step:
        """The next act: of a story, mostly, while there are any; else on somebody who may well do for it.

        A provider may do it as of another time than it is.
        """
        if self.chance.random.random() < OF_STORIES and (told := self._told(world)):
            self._taken[told[0]] += 1
            self._newness.note(told[0], circumstances(world, told[1]))
            as_of = self._moments.of_act(world, *told, told=True)
            return Step(*told, world.register.now + self._after(told[0]), as_of)
        act, about = self._newness.newest(
            [self._offered(world) for _ in range(OFFERED)], lambda act: (act[0], circumstances(world, act[1]))
        )
        self._taken[act] += 1
        if "who" in about:
            self.chance.recent = [*self.chance.recent[-3:], about["who"]]
        as_of = self._moments.of_act(world, act, about)
        return Step(act, about, world.register.now + self._after(act), as_of)

    def _offered(self, world: World) -> Act:
        """Something that could be done."""
        while True:
            shares = {act: (weight / (1 + self._taken[act] / weight)) for act, weight in WEIGHTS.items()}
            (act,) = self.chance.random.choices(list(shares), list(shares.values()))
            about = CHOICES[act](self.chance, world)
            if about is not None:
                return act, about

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
            return timedelta(days=self.chance.random.choice((10, 25, 45)))
        return self.chance.random.choice(WAITS)
