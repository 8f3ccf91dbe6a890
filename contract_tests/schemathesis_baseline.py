"""What schemathesis finds with the same documents when it is left to itself: with a defect, and not without one."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import requests

from contract_tests.config import BEHAVIOURS
from contract_tests.documents import document

VERSIONS: Final = ("v1", "v3")  # v2 has nothing that they do not have
# Runs without a defect, each with another seed, and how much more time they have: whatever they find is no defect's.
CLEAN: Final = 3
PATIENCE: Final = 3

Findings = frozenset[str]


def compare(url: str, defects: Mapping[str, Any], seconds: float, workers: int) -> Mapping[str, Findings]:
    """What a run of so many seconds finds of each defect that no run without one does, in its behaviour."""
    with ThreadPoolExecutor(workers) as pool:
        clean = {
            behaviour: [
                pool.submit(_found, url, behaviour, [], seconds * PATIENCE, seed) for seed in range(1, CLEAN + 1)
            ]
            for behaviour in BEHAVIOURS
        }
        runs = {name: pool.submit(_found, url, each["behaviour"], [name], seconds, 1) for name, each in defects.items()}
        known = {each: frozenset().union(*(run.result() for run in found)) for each, found in clean.items()}
        return {name: run.result() - known[defects[name]["behaviour"]] for name, run in runs.items()}


def _found(url: str, behaviour: str, defects: list[str], seconds: float, seed: int) -> Findings:
    """What is found in a world of its own."""
    asked = {"scenario": "main", "behaviour": behaviour, "defects": defects}
    world = requests.post(f"{url}/sandbox/worlds", json=asked, timeout=60).json()
    requests.put(f"{url}/sandbox/time", params={"world": world["id"]}, json={"frozen": True}, timeout=60)
    token = world["providers"][0]["token"]
    found = [_run(url, token, version, seconds / len(VERSIONS), seed) for version in VERSIONS]
    requests.delete(f"{url}/sandbox/worlds/{world['id']}", timeout=60)
    return frozenset().union(*found)


def _run(url: str, token: str, version: str, seconds: float, seed: int) -> Findings:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "document.json").write_text(json.dumps(document(version)), "utf-8")
        command = [
            *(sys.executable, "-W", "ignore", "-m", "schemathesis.cli", "run", "document.json"),
            *("--url", f"{url}/api/{version}", "--header", f"Authorization: Bearer {token}"),
            *("--max-time", str(max(1, round(seconds))), "--seed", str(seed)),
            *("--report", "json", "--report-json-path", "report.json"),
        ]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        report = place / "report.json"
        if not report.exists():
            raise SystemExit(f"schemathesis run came to nothing:\n{done.stdout}{done.stderr}")
        said: Any = json.loads(report.read_text("utf-8"))
    return frozenset(
        f"{failure['title']}: {operation.replace(' ', f' /api/{version}', 1)}"
        for failure in said["failures"]
        for operation in failure["operations"]
    )
