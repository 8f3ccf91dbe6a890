"""Whether the contract tests raise false alarms: targets that are odd, and right, and what is said of each.

python -m tests.detection.alarms [--only PATTERN] [--behaviour NAME] [--people 10000]

A world of a sandbox is made odd, and hidden behind a proxy, so that it is a deployment like any other. Each gets a
verdict that the contract is kept (0), or is told what it lacks (2), in both behaviours; never that it is broken (1).
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import requests

from contract_tests.config import BEHAVIOURS, Behaviour
from contract_tests.target.local_sandbox import local_sandbox
from tests.contract.deployments import TOKEN, Answer, Question, deployed, standing_before

ODDLY: Final = (0, 2)
COHORT: Final = "2024"
V1, V2, V3 = "/api/v1/", "/api/v2/", "/api/v3/"


@dataclass
class World:
    """A world of a sandbox, and the token of the provider that is tested."""

    url: str
    id: str
    token: str

    def does(self, method: str, path: str, **body: Any) -> Any:
        """Have a school, the DfE or time do something."""
        where = {"world": self.id}
        answer = requests.request(method, f"{self.url}/sandbox{path}", params=where, json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def asks(self, method: str, path: str, **attributes: Any) -> Any:
        """Ask as the provider, in v3."""
        body = {"data": {"type": "contract-test", "attributes": attributes}} if attributes else None
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(method, f"{self.url}/api/v3{path}", json=body, headers=headers, timeout=60).json()


Answers = Callable[[Question], Answer]


@dataclass(frozen=True)
class Oddity:
    """What is odd about a target: what is done to its world before, and meanwhile; and how it is verified.

    It `hides` what begins so, and what stands `between` answers otherwise than its world does.
    """

    before: Callable[[World], object] = lambda _: None
    meanwhile: Callable[[World], AbstractContextManager[None]] = lambda _: nullcontext()
    options: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    between: Callable[[Answers], Answers] = lambda straight: straight


def a_year_ahead(world: World) -> None:
    """Its clock is a year before ours."""
    world.does("POST", "/time/advance", days=366)


def nobody(world: World, people: int = 0) -> None:
    """The provider is new: it has a delivery partner, and so many people at one school."""
    made = world.does("POST", "/providers", name="Aldgate Learning")
    world.token, provider = made["token"], made["provider"]["id"]
    related = world.does("POST", "/relationships", provider=provider, cohort=COHORT, delivery_partner_name="Ferry Lane")
    if people:
        schools = world.asks("GET", f"/schools/ecf?filter[cohort]={COHORT}&page[per_page]=3000")["data"]
        school = next(each["id"] for each in schools if not each["attributes"]["in_partnership"])
        partner = related["relationship"]["delivery_partner"]["id"]
        world.asks("POST", "/partnerships/ecf", cohort=COHORT, school_id=school, delivery_partner_id=partner)
        for _ in range(people):
            world.does("POST", "/participants", cohort=COHORT, school_id=school)


def few(world: World) -> None:
    """The provider has two people."""
    nobody(world, 2)


def many(number: int) -> Callable[[World], None]:
    """So many people more."""

    def register(world: World) -> None:
        for each in range(number):
            role = "mentor" if each % 3 == 0 else "ect"
            world.does("POST", "/participants", cohort=str(2022 + each % 3), participant_type=role)

    return register


@contextmanager
def restless(world: World) -> Iterator[None]:
    """Others defer, resume and register all the time."""
    over = threading.Event()

    def change() -> None:
        chance, course = random.Random(1), {"course_identifier": "ecf-induction"}
        ids = [person["id"] for person in world.asks("GET", f"/participants/ecf?filter[cohort]={COHORT}")["data"]]
        while not over.wait(0.1):
            someone = f"/participants/ecf/{chance.choice(ids)}"
            world.asks("PUT", f"{someone}/defer", reason="other", **course)
            world.asks("PUT", f"{someone}/resume", **course)
            if chance.random() < 0.2:
                world.does("POST", "/participants", cohort=COHORT)

    thread = threading.Thread(target=change, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def hiding(beginnings: tuple[str, ...], straight: Answers) -> Answers:
    """Has no paths that begin so."""
    nothing = Answer(404, '{"error": "Resource not found"}')
    return lambda question: nothing if question.path.startswith(beginnings) else straight(question)


def its_own_time(straight: Answers) -> Answers:
    """Takes no notice of the time that a request says it is."""

    def answer(question: Question) -> Answer:
        headers = {name: said for name, said in question.headers.items() if name.lower() != "x-with-server-date"}
        return straight(replace(question, headers=headers))

    return answer


def limited(straight: Answers) -> Answers:
    """Refuses every fiftieth request as one too many, and says when to come again."""
    asked = itertools.count(1)
    too_many = Answer(429, "Retry later\n", "text/plain", {"Retry-After": "1"})
    return lambda question: straight(question) if next(asked) % 50 else too_many


def slow(straight: Answers) -> Answers:
    """Answers 20 requests a second."""
    turn = threading.Lock()

    def answer(question: Question) -> Answer:
        with turn:
            time.sleep(1 / 20)
        return straight(question)

    return answer


def oddities(people: int) -> dict[str, Oddity]:
    """All of them, by what they are called."""
    writes = ("--allow-writes",)
    return {
        "its clock is a year ahead": Oddity(a_year_ahead),
        "its clock is a year ahead, and it is written to": Oddity(a_year_ahead, options=writes),
        "nobody trains with the provider": Oddity(nobody),
        "two people train with the provider": Oddity(lambda world: nobody(world, 2)),
        "two people train with the provider, and it is written to": Oddity(
            lambda world: nobody(world, 2), options=writes
        ),
        f"{people:,} people train with the provider": Oddity(many(people)),
        "others change what it holds": Oddity(meanwhile=restless),
        "others change what it holds, and it is written to": Oddity(meanwhile=restless, options=writes),
        "it has no v1": Oddity(hides=(V1,)),
        "it has no v1, and is asked for v3": Oddity(hides=(V1,), options=("--version", "v3")),
        "it has only v3": Oddity(hides=(V1, V2)),
        "it has only v3, and is asked for that": Oddity(hides=(V1, V2), options=("--version", "v3")),
        "it has only v1, and is asked for that": Oddity(hides=(V2, V3), options=("--version", "v1")),
        "it keeps its own time": Oddity(between=its_own_time, options=("--production",)),
        "it keeps its own time, and it is written to": Oddity(between=its_own_time, options=("--production", *writes)),
        "it refuses what is asked too often": Oddity(between=limited),
        "it is slow": Oddity(between=slow, options=("--max-time", "1m")),
        "it is slow, and it is written to": Oddity(between=slow, options=("--max-time", "1m", *writes)),
    }


def verdict(url: str, oddity: Oddity, behaviour: Behaviour) -> subprocess.CompletedProcess[str]:
    """What the contract tests say of such a target."""
    made = requests.post(f"{url}/sandbox/worlds", json={"scenario": "main", "behaviour": behaviour}, timeout=60).json()
    world = World(url, made["id"], made["providers"][0]["token"])
    oddity.before(world)
    answer = oddity.between(hiding(oddity.hides, standing_before(url, world.token)))

    with deployed(answer) as target, oddity.meanwhile(world):
        command = [sys.executable, "-W", "ignore", "-m", "contract_tests.cli", "verify", "--base-url", target.url]
        told = [*command, "--behaviour", behaviour, *oddity.options]
        return subprocess.run(told, env=os.environ | {"ECF_TOKEN": TOKEN}, capture_output=True, text=True, check=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it. Returns 1 when any is said to be broken."""
    parser = argparse.ArgumentParser(
        prog="tests.detection.alarms", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="PATTERN", help="only these, by what they are called")
    parser.add_argument("--behaviour", choices=BEHAVIOURS, action="append", help="only of this one")
    parser.add_argument("--people", type=int, default=10_000, metavar="N", help="how many are many")
    asked = parser.parse_args(arguments)
    alarms = 0
    for name, oddity in oddities(asked.people).items():
        if not re.search(asked.only, name):
            continue
        for behaviour in asked.behaviour or BEHAVIOURS:
            began = time.monotonic()
            with tempfile.TemporaryDirectory() as data, local_sandbox(Path(data)) as (url, _):
                done = verdict(url, oddity, behaviour)
            first = (done.stdout or done.stderr).strip().splitlines()[:1]
            print(
                f"{done.returncode}  {name}, {behaviour}, {time.monotonic() - began:.0f} s: {' '.join(first)}",
                flush=True,
            )
            if done.returncode not in ODDLY:
                alarms += 1
                print(done.stdout, done.stderr, flush=True)
    print(f"{alarms} false alarms")
    return 1 if alarms else 0


if __name__ == "__main__":
    sys.exit(main())
