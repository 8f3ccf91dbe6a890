"""How many mutations of the sandbox's code the contract tests find, over HTTP, and which survive.

python -m tests.detection.mutation [--edition register] [--sample 60] [--seed 1] [--most 300] [--write]
python -m tests.detection.mutation --planted tests/detection/lots/ninth.yaml [--only TEXT …]

Every scenario is told once, with the lines of the sandbox noted that it reaches. Then a copy of the sandbox is served
with one mutation at a time, to the scenarios that reach its line, until the first fails: in the first behaviour that
reaches it, and, if nothing fails there, in the other. Those come first that are likeliest to fail; `--most` says after
how many of them a mutation is taken to survive, as another thousand seldom find what those did not.
"""

from __future__ import annotations

import argparse
import pickle
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any, Final, Literal

import yaml

from contract_tests import detection_page
from contract_tests.config import Behaviour
from contract_tests.documents import ECF, EDITIONS
from contract_tests.editions import SUITES
from tests.detection.host import Host
from tests.detection.mutated import ROOT, Mutated
from tests.detection.mutations import MUTATED, sample
from tests.detection.planted import planted
from tests.detection.reach import Reach, reach, token_in
from tests.detection.scenarios import Told, tell
from tests.server.running import Running, serving

PATIENCE: Final = 120  # seconds until it has to answer: all workers begin at once
PAGE: Final = ROOT / "docs" / "detection.md"
PARTS: Final = {"ecf": "mutation", "register": 'mutation MUTATION="--edition register"'}
EQUIVALENT: Final = Path(__file__).with_name("equivalent.yaml")
Fate = Literal["found", "survived", "unreached", "equivalent", "stillborn"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutation: by what it was found, or why it could not be."""

    mutation: Mutated
    fate: Fate
    by: str = ""

    def line(self) -> str:
        """In one line, to be read."""
        before, after = self.mutation.difference()
        return f"{self.fate:10} {self.mutation} | {before} → {after} | {self.by}"


class Copy:
    """A copy of the sandbox, of which one file at a time is mutated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "sandbox", folder / "sandbox", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("openapi", "seeds"):
            (folder / name).symlink_to(ROOT / name)

    @contextmanager
    def serving(self, mutation: Mutated, edition: str) -> Iterator[Running]:
        """Served with a mutation, its main world being of an edition. Raises AssertionError when it does not start."""
        file = self.folder / mutation.file
        straight = file.read_text()
        file.write_text(mutation.code)
        command = ("env", f"ECF_SANDBOX_CACHE={self.folder / 'cache'}", sys.executable, "-W", "ignore", "-m", "sandbox")
        try:
            with (
                tempfile.TemporaryDirectory() as data,
                serving(
                    Path(data), "--edition", edition, cwd=self.folder, command=command, patience=PATIENCE
                ) as running,
            ):
                yield running
        finally:
            file.write_text(straight)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(
        prog="tests.detection.mutation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edition", choices=EDITIONS, default=ECF, help="the edition that is mutated")
    parser.add_argument("--sample", type=int, default=60, metavar="N", help="how many mutations")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which of them")
    parser.add_argument("--planted", type=Path, metavar="FILE", help="those of a file instead, all of them")
    parser.add_argument("--only", nargs="+", metavar="TEXT", help="of those, the ones whose account has such a text")
    parser.add_argument("--in", dest="among", nargs="+", metavar="FOLDER", help="folders, or files")
    parser.add_argument("--most", type=int, metavar="N", help="tell no more scenarios of a mutation in a behaviour")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    parser.add_argument("--reach", type=Path, metavar="FILE", help="keep there what reaches what, for the next time")
    parser.add_argument("--write", action="store_true", help="write the outcome to docs/detection.md")
    asked = parser.parse_args(arguments)
    if asked.planted is not None and asked.write:
        parser.error("--write is for mutations at random: what came of a lot goes into the page's table by hand")
    mutations = _chosen(asked)
    host = Host(asked.edition)
    reaches = _reaches(host, asked.reach)
    known = equivalents()
    copies: Queue[Copy] = Queue()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(asked.workers) as pool:
        for number in range(asked.workers):
            copies.put(Copy(Path(folder, str(number))))

        def outcome(mutation: Mutated) -> Outcome:
            copy = copies.get()
            try:
                found = judged(host, mutation, copy, reaches, known, asked.most)
            finally:
                copies.put(copy)
            print(found.line(), flush=True)
            return found

        outcomes = list(pool.map(outcome, mutations))
    host.close()
    text = told(outcomes, _account(asked))
    print(text)
    if asked.write:
        detection_page.write(PAGE, PARTS[asked.edition], text)
    return 0


def _chosen(asked: argparse.Namespace) -> Sequence[Mutated]:
    """The mutations asked for."""
    if asked.planted is None:
        return sample(asked.sample, asked.seed, asked.among or MUTATED[asked.edition])
    return [each for each in planted(asked.planted) if not asked.only or any(text in each.what for text in asked.only)]


def judged(
    host: Host,
    mutation: Mutated,
    copy: Copy,
    reaches: Mapping[Behaviour, Reach],
    known: Mapping[Any, str],
    most: int | None = None,
) -> Outcome:
    """What becomes of one mutation."""
    if why := known.get((mutation.file, *mutation.difference())):
        return Outcome(mutation, "equivalent", why)
    chosen = {behaviour: scenarios for behaviour, each in reaches.items() if (scenarios := each.of(mutation)[:most])}
    if not chosen:
        return Outcome(mutation, "unreached")
    told = 0
    for behaviour, scenarios in chosen.items():
        try:
            with copy.serving(mutation, host.edition) as running:
                results = tell(host, running.url, token_in(running.banner), behaviour, scenarios)
        except AssertionError:
            return Outcome(mutation, "stillborn")
        told += len(results)
        if failed := next((each for each in results if each.outcome == "failed"), None):
            return Outcome(mutation, "found", _by(failed, behaviour))
    return Outcome(mutation, "survived", f"{told} scenarios")


def equivalents() -> Mapping[tuple[str, str, str], str]:
    """Mutations that change nothing anybody could see, each with the reason."""
    listed: list[dict[str, str]] = yaml.safe_load(EQUIVALENT.read_text()) or []
    return {(each["file"], each["before"], each["after"]): each["why"] for each in listed}


def told(outcomes: Sequence[Outcome], account: str) -> str:
    """The rate, and every survivor. `account` says of which mutations."""
    fates = Counter(each.fate for each in outcomes)
    counted = fates["found"] + fates["survived"] + fates["unreached"]
    rows = [_row(each) for each in outcomes if each.fate in ("survived", "unreached")]
    return "\n".join(
        [
            f"Of {len(outcomes)} {account}, "
            f"{fates['equivalent']} change nothing that could be seen (`tests/detection/equivalent.yaml` says why) and "
            f"{fates['stillborn']} do not start. Of the other {counted} the contract tests found {fates['found']}: "
            f"**{fates['found'] / max(counted, 1):.1%}**. What is made up at random was not told.",
            "",
            *(["| Survivor | Was | Became |", "|---|---|---|", *rows] if rows else []),
        ]
    )


def _account(asked: argparse.Namespace) -> str:
    if asked.planted is not None:
        return f"defects of `{asked.planted.name}`"
    folders = ", ".join(f"`{each}`" for each in MUTATED[asked.edition])
    return f"mutations (seed {asked.seed}) of {folders}"


def _row(outcome: Outcome) -> str:
    before, after = (text.replace("|", "\\|") for text in outcome.mutation.difference())
    return f"| {outcome.mutation.file}:{outcome.mutation.at[0]} | `{before}` | `{after}` |"


def _by(failed: Told, behaviour: Behaviour) -> str:
    return f"{behaviour}, {failed.found}: {failed.id}"


def _reaches(host: Host, kept: Path | None) -> Mapping[Behaviour, Reach]:
    if kept is not None and kept.exists():
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]
    found = {behaviour: reach(host, behaviour) for behaviour in SUITES[host.edition].behaviours}
    if kept is not None:
        kept.write_bytes(pickle.dumps(found))
    return found


if __name__ == "__main__":
    sys.exit(main())
