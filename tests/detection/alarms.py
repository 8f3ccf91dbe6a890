"""Whether the contract tests raise false alarms: targets that are odd, and right, and what is said of each.

python -m tests.detection.alarms [--edition register] [--only PATTERN] [--behaviour NAME] [--people 10000] [--keep FILE]

A world of a sandbox is made odd, and hidden behind a proxy, so that it is a deployment like any other. Each gets a
verdict that the contract is kept (0), or is told what it lacks (2), in each behaviour; never that it is broken (1).
`--keep` writes down what came of each, and `--write` writes all that it has to docs/detection.md.
"""

from __future__ import annotations

import argparse
import itertools
import json
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
from typing import Any, Final, NamedTuple

import requests

from contract_tests import detection_page
from contract_tests.config import BEHAVIOURS, Behaviour
from contract_tests.documents import ECF, EDITIONS
from contract_tests.editions import SUITES
from contract_tests.register.backstage import RIVERBANK
from contract_tests.target.local_sandbox import local_sandbox
from tests.contract.deployments import TOKEN, Answer, Question, deployed, standing_before

ODDLY: Final = (0, 2)
PAGE: Final = Path(__file__).parents[2] / "docs" / "detection.md"
TABLE: Final = ("| Edition, behaviour | Target | Exit | What is said first |", "|---|---|---|---|")
V1, V2, V3 = "/api/v1/", "/api/v2/", "/api/v3/"


@dataclass
class World:
    """A world of a sandbox, and the token of the provider that is tested."""

    url: str
    id: str
    token: str
    edition: str = ECF

    @property
    def resources(self) -> str:
        """What paths of people, partnerships and schools end in."""
        return "/ecf" if self.edition == ECF else ""

    @property
    def cohort(self) -> str:
        """One of which people are registered now."""
        return "2024" if self.edition == ECF else "2026"

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


class Said(NamedTuple):
    """What was said of a target."""

    edition: str
    name: str
    behaviour: str
    status: int
    first: str


Answers = Callable[[Question], Answer]


@dataclass(frozen=True)
class Oddity:
    """What is odd about a target: what is done to its world before, and meanwhile; and how it is verified.

    It `hides` what begins so, and what stands `between` answers otherwise than its world does. An `empty` world has as
    few people as one of its edition can have.
    """

    before: Callable[[World], object] = lambda _: None
    meanwhile: Callable[[World], AbstractContextManager[None]] = lambda _: nullcontext()
    options: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    empty: bool = False
    between: Callable[[Answers], Answers] = lambda straight: straight


def a_year_ahead(world: World) -> None:
    """Its clock is a year before ours."""
    world.does("POST", "/time/advance", days=366)


def few(people: int) -> Callable[[World], None]:
    """So many people train with the provider, or nobody, in a world that had nobody; of ECF the provider is new."""
    return lambda world: (_few_of_ecf if world.edition == ECF else _few_of_register)(world, people)


def _few_of_ecf(world: World, people: int) -> None:
    made = world.does("POST", "/providers", name="Aldgate Learning")
    world.token, cohort = made["token"], {"cohort": world.cohort}
    related = {"provider": made["provider"]["id"], "delivery_partner_name": "Ferry Lane", **cohort}
    partner = world.does("POST", "/relationships", **related)["relationship"]["delivery_partner"]["id"]
    if people:
        schools = world.asks("GET", f"/schools/ecf?filter[cohort]={world.cohort}&page[per_page]=3000")["data"]
        there = {"school_id": next(each["id"] for each in schools if not each["attributes"]["in_partnership"])}
        world.asks("POST", "/partnerships/ecf", delivery_partner_id=partner, **cohort, **there)
        for _ in range(people):
            world.does("POST", "/participants", **cohort, **there)


def _few_of_register(world: World, people: int) -> None:
    there = {"provider": "northgate", "urn": RIVERBANK}
    if people:
        world.does("POST", "/partnerships", cohort=world.cohort, **there)
    for _ in range(people):
        world.does("POST", "/participants", **there)


def many(number: int) -> Callable[[World], None]:
    """So many people more."""

    def register(world: World) -> None:
        for each in range(number):
            role = "mentor" if each % 3 == 0 else "ect"
            trained = {"cohort": str(2022 + each % 3)} if world.edition == ECF else {}
            world.does("POST", "/participants", participant_type=role, **trained)

    return register


@contextmanager
def restless(world: World) -> Iterator[None]:
    """Others defer, resume and register all the time."""
    over = threading.Event()

    def change() -> None:
        chance, course = random.Random(1), {"course_identifier": "ecf-induction"}
        people = f"/participants{world.resources}"
        ids = [person["id"] for person in world.asks("GET", f"{people}?filter[cohort]={world.cohort}")["data"]]
        while not over.wait(0.1):
            someone = f"{people}/{chance.choice(ids)}"
            world.asks("PUT", f"{someone}/defer", reason="other", **course)
            world.asks("PUT", f"{someone}/resume", **course)
            if chance.random() < 0.2:
                world.does("POST", "/participants", **({"cohort": world.cohort} if world.edition == ECF else {}))

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


def oddities(people: int, edition: str) -> dict[str, Oddity]:
    """All that an edition may have, by what they are called."""
    return _of_any(people) | (_of_several_versions() if edition == ECF else {})


def _of_any(people: int) -> dict[str, Oddity]:
    writes = ("--allow-writes",)
    return {
        "its clock is a year ahead": Oddity(a_year_ahead),
        "its clock is a year ahead, and it is written to": Oddity(a_year_ahead, options=writes),
        "nobody trains with the provider": Oddity(few(0), empty=True),
        "two people train with the provider": Oddity(few(2), empty=True),
        "two people train with the provider, and it is written to": Oddity(few(2), empty=True, options=writes),
        f"{people:,} people train with the provider": Oddity(many(people)),
        "others change what it holds": Oddity(meanwhile=restless),
        "others change what it holds, and it is written to": Oddity(meanwhile=restless, options=writes),
        "it keeps its own time": Oddity(between=its_own_time, options=("--production",)),
        "it keeps its own time, and it is written to": Oddity(between=its_own_time, options=("--production", *writes)),
        "it refuses what is asked too often": Oddity(between=limited),
        "it is slow": Oddity(between=slow, options=("--max-time", "1m")),
        "it is slow, and it is written to": Oddity(between=slow, options=("--max-time", "1m", *writes)),
    }


def _of_several_versions() -> dict[str, Oddity]:
    return {
        "it has no v1": Oddity(hides=(V1,)),
        "it has no v1, and is asked for v3": Oddity(hides=(V1,), options=("--version", "v3")),
        "it has only v3": Oddity(hides=(V1, V2)),
        "it has only v3, and is asked for that": Oddity(hides=(V1, V2), options=("--version", "v3")),
        "it has only v1, and is asked for that": Oddity(hides=(V2, V3), options=("--version", "v1")),
    }


def verdict(url: str, oddity: Oddity, edition: str, behaviour: Behaviour) -> subprocess.CompletedProcess[str]:
    """What the contract tests say of such a target."""
    sandbox = SUITES[edition].sandbox
    asked = {"scenario": sandbox.scenario if oddity.empty else sandbox.populated, "behaviour": behaviour}
    made = requests.post(f"{url}/sandbox/worlds", json=asked, timeout=60).json()
    world = World(url, made["id"], made["providers"][0]["token"], edition)
    oddity.before(world)
    answer = oddity.between(hiding(oddity.hides, standing_before(url, world.token)))

    with deployed(answer) as target, oddity.meanwhile(world):
        command = [sys.executable, "-W", "ignore", "-m", "contract_tests.cli", "verify", "--base-url", target.url]
        told = [*command, "--edition", edition, "--behaviour", behaviour, *oddity.options]
        return subprocess.run(told, env=os.environ | {"ECF_TOKEN": TOKEN}, capture_output=True, text=True, check=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it. Returns 1 when any is said to be broken."""
    parser = argparse.ArgumentParser(
        prog="tests.detection.alarms", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edition", choices=EDITIONS, default=ECF, help="the edition that is tested")
    parser.add_argument("--only", default="", metavar="PATTERN", help="only these, by what they are called")
    parser.add_argument("--behaviour", choices=BEHAVIOURS, action="append", help="only of this one")
    parser.add_argument("--people", type=int, default=10_000, metavar="N", help="how many are many")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="where it is written down what came of each")
    parser.add_argument("--known", action="store_true", help="try nothing more: tell what the file has")
    parser.add_argument("--write", action="store_true", help="write what came of all to docs/detection.md")
    asked = parser.parse_args(arguments)
    lines = asked.keep.read_text("utf-8").splitlines() if asked.keep and asked.keep.exists() else []
    said = {each[:3]: each for each in (Said(*json.loads(line)) for line in lines)}
    for name, oddity in {} if asked.known else oddities(asked.people, asked.edition).items():
        for behaviour in asked.behaviour or SUITES[asked.edition].behaviours:
            if re.search(asked.only, name):
                each = _tried(name, oddity, asked.edition, behaviour)
                said[each[:3]] = each
                if asked.keep:
                    with asked.keep.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(each, ensure_ascii=False) + "\n")
    alarms = sum(each.status not in ODDLY for each in said.values())
    print(f"{alarms} false alarms")
    if asked.write:
        detection_page.write(PAGE, "alarms", _page(list(said.values())))
    return 1 if alarms else 0


def _tried(name: str, oddity: Oddity, edition: str, behaviour: Behaviour) -> Said:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as data, local_sandbox(Path(data), edition) as (url, _):
        done = verdict(url, oddity, edition, behaviour)
    first = next(iter((done.stdout or done.stderr).strip().splitlines()), "")
    print(f"{done.returncode}  {name}, {behaviour}, {time.monotonic() - began:.0f} s: {first}", flush=True)
    if done.returncode not in ODDLY:
        print(done.stdout, done.stderr, flush=True)
    return Said(edition, name, behaviour, done.returncode, first)


def _page(said: Sequence[Said]) -> str:
    alarms = sum(each.status not in ODDLY for each in said)
    rows = [f"| {each.edition}, {each.behaviour} | {each.name} | {each.status} | {each.first} |" for each in said]
    return "\n".join([f"**{alarms} false alarms** of {len(said)} targets.", "", *TABLE, *rows])


if __name__ == "__main__":
    sys.exit(main())
