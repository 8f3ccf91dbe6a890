"""Whether the contract tests bite: each named defect of the sandbox, switched on by itself, must be found out.

    python -m contract_tests.mutants [--edition register] [--write docs/detection.md] [--seeds 10] [--stock 60]
    python -m contract_tests.mutants --clean 20

A sandbox is started once, and the scenarios are collected once. For each defect the scenarios of the rule it breaks
are told in worlds that have it, in the behaviour in which it is looked for, until one fails in the name of that rule;
without any all must pass. `--write` has all of them told, and counts those that fail. `--seeds` says how often, each
time with another seed: nothing here is random, so every time must come out the same. `--stock` lets
schemathesis try by itself, too.

`--clean` tells everything there is, what is made up at random as well, so often, of a sandbox without a defect: nothing
may fail, whatever the seed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import requests
from rich.console import Console

from contract_tests import detection_page
from contract_tests import schemathesis_baseline as baseline
from contract_tests.config import Behaviour, RunConfig
from contract_tests.documents import ECF, EDITIONS, SCOPE
from contract_tests.editions import SUITES, is_of_another
from contract_tests.processes import PACKAGES, pytest_command, pytest_environment
from contract_tests.progress import counted
from contract_tests.retelling import Runs
from contract_tests.target.local_sandbox import local_sandbox

# What breaks no single rule is found by checks that every scenario makes: these scenarios see enough of them.
SCENARIOS_OF: Final = {"answer.times": "decl.milestone-start", "answer.titles": "decl.milestone-start"}
CHECKS_OF: Final = {"answer.times": "check.timestamps", "answer.titles": "check.refused"}
NONE: Final = ""

# What is made up from the documents takes seconds to make up, and is about no rule.
EVERYTHING: Final = (PACKAGES / "contract_tests",)
ABOUT_RULES: Final = ("rules", "journeys")  # folders of an edition, where it has them


class Mutant(NamedTuple):
    """A defect, or none, and the behaviour in which it is looked for."""

    defect: str
    behaviour: Behaviour


class Tested(NamedTuple):
    """A sandbox whose main world is of an edition, and the token of its first provider."""

    edition: str
    url: str
    token: str

    @property
    def behaviours(self) -> Sequence[Behaviour]:
        """Those that it can have."""
        return SUITES[self.edition].behaviours


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a run with a defect: the scenarios that failed, the rules and checks that they failed by."""

    failed: int
    told: int
    rules: frozenset[str]
    checks: frozenset[str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """What schemathesis found by itself, of each defect, in so many seconds."""

    seconds: float
    found: Mapping[str, baseline.Findings]

    def told(self, number: int) -> str:
        """What is said of it."""
        something = sum(bool(found) for found in self.found.values())
        return (
            f"`schemathesis run` with the documents of {' and '.join(baseline.VERSIONS)} and nothing else, given "
            f"{self.seconds:.0f} s for each defect, **found something of {something} of {number}** that it did not "
            f"find without a defect in {baseline.CLEAN} runs, each {baseline.PATIENCE} times as long. What it finds by "
            "chance is among that: another run finds other things."
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it. Returns 1 when a defect is not found, or something is found without one."""
    parser = argparse.ArgumentParser(
        prog="contract_tests.mutants", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edition", choices=EDITIONS, default=ECF, help="whose defects; default: ecf")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table there")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="how many times, each with another seed")
    parser.add_argument("--stock", type=float, metavar="SECONDS", help="how long schemathesis may look for each defect")
    parser.add_argument("--clean", type=int, metavar="N", help="only tell everything so often, without a defect")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    chosen = parser.parse_args(arguments)
    if not hasattr(os, "fork"):
        parser.error("it needs a system on which processes can divide, such as Linux or macOS")
    if chosen.edition != ECF and (chosen.stock or chosen.write):
        parser.error("--stock, --write: only of ecf, whose documents schemathesis is tried with")
    with tempfile.TemporaryDirectory() as data, local_sandbox(Path(data), chosen.edition) as (url, token):
        tested = Tested(chosen.edition, url, token)
        if chosen.clean:
            return _alarms(tested, chosen.clean, chosen.workers)
        listed = requests.get(f"{url}/sandbox/defects", timeout=10).json()["defects"]
        defects = {each["name"]: each | {"behaviour": each["behaviour"] or tested.behaviours[0]} for each in listed}
        mutants = [Mutant(NONE, behaviour) for behaviour in tested.behaviours]  # first, as they take longest
        mutants += [Mutant(name, each["behaviour"]) for name, each in defects.items()]
        jobs = [(mutant, seed) for seed in range(1, chosen.seeds + 1) for mutant in mutants]
        runs = [_config(tested, mutant, _scenarios(defects, mutant), seed) for mutant, seed in jobs]
        told = _told(runs, chosen.workers, until_found=chosen.write is None)
        verdicts = dict(zip(jobs, told, strict=True))
        alone = baseline.compare(url, defects, chosen.stock, chosen.workers) if chosen.stock else None
    return _judged(defects, verdicts, Baseline(chosen.stock, alone) if alone is not None else None, chosen.write)


def _alarms(tested: Tested, times: int, workers: int) -> int:
    """Tell everything so often in each behaviour. Returns 1 when anything failed, which would be a false alarm."""
    with ThreadPoolExecutor(workers) as pool:
        runs = {
            (seed, behaviour): pool.submit(_run, tested, Mutant(NONE, behaviour), seed)
            for seed in range(1, times + 1)
            for behaviour in tested.behaviours
        }
        alarms = 0
        for (seed, behaviour), run in runs.items():
            verdict = run.result()
            told = f"{verdict.failed} of {verdict.told} failed in {verdict.seconds:.0f} s"
            print(f"seed {seed}, {behaviour}: {told} {', '.join(sorted(verdict.checks))}".rstrip())
            alarms += verdict.failed
    print(f"{alarms} false alarms in {len(runs)} runs")
    return 1 if alarms else 0


def _scenarios(defects: Mapping[str, Any], mutant: Mutant) -> Sequence[str]:
    """The rules whose scenarios are told: the one that the defect breaks, or without a defect all of a behaviour's."""
    told = [
        each["breaks"]
        for name, each in defects.items()
        if mutant.defect == name or (mutant.defect == NONE and each["behaviour"] == mutant.behaviour)
    ]
    return sorted({SCENARIOS_OF.get(rule, rule) for rule in told})


def _config(tested: Tested, mutant: Mutant, rules: Sequence[str], seed: int) -> RunConfig:
    return RunConfig(
        base_url=tested.url,
        token=tested.token,
        edition=tested.edition,
        behaviour=mutant.behaviour,
        defects=(mutant.defect,) if mutant.defect else (),
        rules=tuple(rules),
        seed=seed,
    ).of_edition()


def _told(runs: Sequence[RunConfig], workers: int, *, until_found: bool) -> Sequence[Verdict]:
    """What came of runs about rules, so many at a time, by one pytest which collects the scenarios for all of them."""
    with tempfile.TemporaryDirectory() as name:
        told = Runs(Path(name))
        told.ask(runs)
        plugin = ["-p", "contract_tests.retelling", "--runs", name, "--at-once", str(workers)]
        plugin += ["--until-found"] * until_found
        every = replace(runs[0], rules=())
        with counted(Console(stderr=True), "defects", len(runs), told.begun):
            done = _pytest(every, Path(name) / "every.jsonl", *plugin, *map(str, _folders(runs[0].edition or ECF)))
        ends = told.ends()
        if not ends:
            raise SystemExit(f"The scenarios could not be told:\n{done.stdout}{done.stderr}")
        return [
            _verdict(run, told.part(number), status, seconds, done.stdout + done.stderr)
            for number, (run, (status, seconds)) in enumerate(zip(runs, ends, strict=True))
        ]


def _folders(edition: str) -> list[Path]:
    """Where the scenarios about rules are."""
    own = (PACKAGES / "contract_tests" / folder for folder in (".", edition))
    found = [place / folder for place in own for folder in ABOUT_RULES if (place / folder).is_dir()]
    with SCOPE.limited_to(("*",), edition):
        return [folder for folder in found if not is_of_another(folder)]


def _run(tested: Tested, mutant: Mutant, seed: int) -> Verdict:
    """What came of everything, by a pytest of its own: what it makes up as it collects hangs on the seed."""
    run = _config(tested, mutant, (), seed)
    with tempfile.TemporaryDirectory() as folder:
        part, began = Path(folder) / "part.jsonl", time.monotonic()
        done = _pytest(run, part, *map(str, EVERYTHING))
        return _verdict(run, part, done.returncode, time.monotonic() - began, done.stdout + done.stderr)


def _pytest(run: RunConfig, part: Path, *told: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        pytest_command(run, part, *told),
        cwd=part.parent,
        env=pytest_environment(run),
        capture_output=True,
        text=True,
        check=False,
    )


def _verdict(run: RunConfig, part: Path, status: int, seconds: float, said: str) -> Verdict:
    lines = [json.loads(line) for line in part.read_text("utf-8").splitlines()] if part.exists() else []
    told = [line for line in lines if line["kind"] == "scenario"]
    if not told or status not in (0, 1):
        raise SystemExit(f"The run with {' '.join(run.defects) or 'no defect'} came to nothing:\n{said}")
    failed = [line for line in told if line["outcome"] == "failed"]
    return Verdict(
        failed=len(failed),
        told=len(told),
        rules=frozenset(rule for line in failed for rule in (*line["refuses"], *line["accepts"])),
        checks=frozenset(line["failure"]["check"] for line in failed if line["failure"]),
        seconds=seconds,
    )


def _judged(
    defects: Mapping[str, Any],
    verdicts: Mapping[tuple[Mutant, int], Verdict],
    alone: Baseline | None,
    file: Path | None,
) -> int:
    missed, rows = [], []
    for name, defect in defects.items():
        runs = [verdict for (mutant, _), verdict in verdicts.items() if mutant.defect == name]
        right = [_names(verdict, defect["breaks"]) for verdict in runs]
        if not all(right):
            missed.append(name)
        found = ", ".join(f"`{each}`" for each in sorted(runs[0].rules & {defect["breaks"]} or runs[0].checks))
        rows.append(
            f"| `{name}` | {defect['about']} | {defect['behaviour']} | `{defect['breaks']}` | {found or 'nothing'} | "
            f"{runs[0].failed} of {runs[0].told} | {sum(right)} of {len(right)} | {min(v.seconds for v in runs):.1f} |"
            + (f" {'; '.join(sorted(alone.found[name])) or 'nothing'} |" if alone else "")
        )
        print(
            f"{'found ' if all(right) else 'MISSED'}  {name}: {runs[0].failed} of {runs[0].told} scenarios failed, "
            f"{runs[0].seconds:.1f} s"
        )
    clean = [verdict for (mutant, _), verdict in verdicts.items() if mutant.defect == NONE]
    for verdict in clean:
        print(f"without a defect {verdict.failed} of {verdict.told} scenarios failed, {verdict.seconds:.1f} s")
    if file is not None:
        detection_page.write(file, "detection", _page(rows, clean, len(defects) - len(missed), alone))
    return 1 if missed or any(verdict.failed for verdict in clean) else 0


def _names(verdict: Verdict, breaks: str) -> bool:
    """True when the run failed in the name of what the defect breaks."""
    return CHECKS_OF[breaks] in verdict.checks if breaks in CHECKS_OF else breaks in verdict.rules


def _page(rows: Sequence[str], clean: Sequence[Verdict], found: int, alone: Baseline | None) -> str:
    alarms = sum(verdict.failed for verdict in clean)
    return "\n".join(
        [
            "Each defect of the sandbox (`ecf-sandbox defects`), switched on by itself in a world of the behaviour in "
            "which it is looked for, and the scenarios of the rule that it breaks: what found it, how many failed, in "
            "how many runs with different seeds it was found, and how long one took, in seconds. Nothing in these "
            "scenarios is random.",
            "",
            f"**{found} of {len(rows)} defects found.** Without a defect, {alarms} of {sum(v.told for v in clean)} "
            f"scenarios failed, in {len(clean)} runs.",
            "",
            *([alone.told(len(rows)), ""] if alone else []),
            "| Defect | What it does | Behaviour | Breaks | Found by | Failed | Seeds | s |"
            + (" Stock schemathesis |" if alone else ""),
            "|---|---|---|---|---|---|---|---|" + ("---|" if alone else ""),
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
