"""Whether the contract tests bite: each named defect of the sandbox, switched on by itself, must be found out.

    python -m contract_tests.mutants [--write docs/detection.md] [--seeds 10]

A sandbox is started once. For each defect the scenarios of the rule it breaks are told in worlds that have it, and must
fail in the name of that rule; without any they must pass. `--seeds` says how often, each time with another seed:
nothing here is random, so every time must come out the same.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import requests

from contract_tests.served import served

# What breaks no single rule is found by checks that every scenario makes: these scenarios see enough of them.
SCENARIOS_OF: Final = {"answer.times": "decl.milestone-start", "answer.titles": "decl.milestone-start"}
CHECKS_OF: Final = {"answer.times": "check.timestamps", "answer.titles": "check.refused"}
NONE: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a run with a defect: the scenarios that failed, the rules and checks that they failed by."""

    failed: int
    told: int
    rules: frozenset[str]
    checks: frozenset[str]
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it. Returns 1 when a defect is not found, or something is found without one."""
    parser = argparse.ArgumentParser(prog="contract_tests.mutants", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table there")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="how many times, each with another seed")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as data, served(None, None, Path(data)) as (url, token):
        defects = {each["name"]: each for each in requests.get(f"{url}/sandbox/defects", timeout=10).json()["defects"]}
        broken = {name: each["breaks"] for name, each in defects.items()}
        with ThreadPoolExecutor(given.workers) as pool:
            jobs = {
                (name, seed): pool.submit(_run, url, token, name, _scenarios(broken, name), seed)
                for seed in range(1, given.seeds + 1)
                for name in (*broken, NONE)
            }
            try:
                verdicts = {job: future.result() for job, future in jobs.items()}
            finally:
                pool.shutdown(cancel_futures=True)
    return _judged(defects, verdicts, given.write)


def _scenarios(broken: Mapping[str, str], defect: str) -> Sequence[str]:
    """The rules whose scenarios are told: the one that the defect breaks, or without a defect all of those."""
    rules = broken.values() if defect == NONE else [broken[defect]]
    return sorted({SCENARIOS_OF.get(rule, rule) for rule in rules})


def _run(url: str, token: str, defect: str, rules: Sequence[str], seed: int) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.jsonl"
        command = [
            *(sys.executable, "-m", "pytest", "--pyargs", "contract_tests", "-q", "-p", "no:cacheprovider"),
            *("--base-url", url, "--part", str(part), "--contract-seed", str(seed)),
            *(word for rule in rules for word in ("--rules", rule)),
            *(["--defects", defect] if defect else []),
        ]
        began = time.monotonic()
        done = subprocess.run(
            command, env=os.environ | {"ECF_TOKEN": token}, capture_output=True, text=True, check=False
        )
        seconds = time.monotonic() - began
        lines = [json.loads(line) for line in part.read_text().splitlines()] if part.exists() else []
    told = [line for line in lines if line["kind"] == "scenario"]
    if not told or done.returncode not in (0, 1):
        raise SystemExit(f"The run with {defect or 'no defect'} came to nothing:\n{done.stdout}{done.stderr}")
    failed = [line for line in told if line["outcome"] == "failed"]
    return Verdict(
        failed=len(failed),
        told=len(told),
        rules=frozenset(rule for line in failed for rule in (*line["refuses"], *line["accepts"])),
        checks=frozenset(line["failure"]["check"] for line in failed if line["failure"]),
        seconds=seconds,
    )


def _judged(defects: Mapping[str, Any], verdicts: Mapping[tuple[str, int], Verdict], file: Path | None) -> int:
    missed, rows = [], []
    for name, defect in defects.items():
        runs = [verdict for (whose, _), verdict in verdicts.items() if whose == name]
        right = [_names(verdict, defect["breaks"]) for verdict in runs]
        if not all(right):
            missed.append(name)
        found = ", ".join(f"`{each}`" for each in sorted(runs[0].rules & {defect["breaks"]} or runs[0].checks))
        rows.append(
            f"| `{name}` | {defect['about']} | `{defect['breaks']}` | {found or 'nothing'} | "
            f"{runs[0].failed} of {runs[0].told} | {sum(right)} of {len(right)} | {min(v.seconds for v in runs):.1f} |"
        )
        print(f"{'found ' if all(right) else 'MISSED'}  {name}: {runs[0].failed} of {runs[0].told} scenarios failed")
    clean = [verdict for (whose, _), verdict in verdicts.items() if whose == NONE]
    for verdict in clean:
        print(f"without a defect {verdict.failed} of {verdict.told} scenarios failed")
    if file is not None:
        file.write_text(_page(rows, clean, len(defects) - len(missed)))
    return 1 if missed or any(verdict.failed for verdict in clean) else 0


def _names(verdict: Verdict, breaks: str) -> bool:
    """True when the run failed in the name of what the defect breaks."""
    return CHECKS_OF[breaks] in verdict.checks if breaks in CHECKS_OF else breaks in verdict.rules


def _page(rows: Sequence[str], clean: Sequence[Verdict], found: int) -> str:
    alarms = sum(verdict.failed for verdict in clean)
    return "\n".join(
        [
            "# What the contract tests find",
            "",
            "<!-- Made by `make detection`. -->",
            "",
            "Each defect of the sandbox (`ecf-sandbox defects`), switched on by itself, and the scenarios of the rule "
            "that it breaks: what found it, how many failed, in how many runs with different seeds it was found, and "
            "how long one took, in seconds. Nothing in these scenarios is random.",
            "",
            f"**{found} of {len(rows)} defects found.** Without a defect, {alarms} of {sum(v.told for v in clean)} "
            f"scenarios failed, in {len(clean)} runs.",
            "",
            "| Defect | What it does | Breaks | Found by | Failed | Seeds | s |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
