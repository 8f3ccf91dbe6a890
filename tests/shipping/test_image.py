"""The Dockerfile: what it promises of the image. `make image-rehearsal` runs its steps, which takes minutes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.server.running import ROOT, serving
from tests.shipping.dockerfile import Stage, Step, stages

DOCKERFILE = ROOT / "Dockerfile"
TEXT = DOCKERFILE.read_text()
STAGES = stages(DOCKERFILE)
IMAGE = STAGES[-1]
DATA = IMAGE.environment["ECF_SANDBOX_DATA"]


def test_what_builds_it_stays_behind() -> None:
    assert [stage.name for stage in STAGES] == ["build", ""]
    assert not [step for step in IMAGE.all("RUN") if "pip" in step.given]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name or "image")
def test_what_it_is_made_from_is_of_a_version_and_of_no_registry(stage: Stage) -> None:
    name, _, tag = stage.base.partition(":")
    assert re.fullmatch(r"\d+\.\d+\S*", tag)
    assert "/" not in name
    assert "://" not in TEXT


def test_it_runs_as_nobody_of_a_number_that_owns_its_data() -> None:
    user, group = IMAGE.last("USER").given.split(":")
    assert int(user) >= 1000
    assert int(group) >= 1000
    made = IMAGE.all("RUN")[0].given
    assert f"--owner {user} --group {group} {DATA}" in made
    assert IMAGE.last("VOLUME").words == [DATA]


def test_signals_reach_the_server_as_no_shell_stands_before_it() -> None:
    assert IMAGE.last("ENTRYPOINT").words == ["ecf-sandbox"]
    assert IMAGE.last("CMD").words == ["serve"]


def test_all_that_is_written_while_it_runs_lies_on_the_volume_or_in_tmp() -> None:
    assert IMAGE.environment["ECF_SANDBOX_CACHE"].startswith("/tmp/")
    assert DATA == "/data"


def test_whether_it_is_well_is_found_out_as_the_image_does(tmp_path: Path) -> None:
    _, _, command = IMAGE.last("HEALTHCHECK").given.partition(" CMD ")
    program, *asking = Step("CMD", command).words
    assert program == "python3"

    def is_well(url: str) -> bool:
        environment = os.environ | {"ECF_SANDBOX_PORT": url.rpartition(":")[2]}
        done = subprocess.run([sys.executable, *asking], env=environment, capture_output=True, check=False)
        return done.returncode == 0

    with serving(tmp_path) as running:
        assert is_well(running.url)
        running.kill()
        assert not is_well(running.url)


def test_nothing_is_fetched_that_has_no_hash() -> None:
    lines = [line for stage in STAGES for step in stage.all("RUN") for line in step.given.split(" && ")]
    (fetching,) = (line for line in lines if "pip download" in line)
    assert "--require-hashes" in fetching
    assert "--only-binary :all:" in fetching  # what is built fetches what builds it, which has no hash
    others = [line for line in lines if re.search(r"pip (install|wheel)", line)]
    assert len(others) == 3
    assert all("--no-index" in line for line in others)


def test_what_builds_the_guide_stays_out_of_what_is_shipped() -> None:
    shipped = {word for step in IMAGE.all("COPY") for word in step.words[1:-1]}
    filled = [
        step.given for step in STAGES[0].all("RUN") if any(f"{each}/bin/pip install" in step.given for each in shipped)
    ]
    assert shipped == {"/opt/ecf-sandbox"}
    assert len(filled) == 1
    assert "--requirement" not in filled[0]


def test_what_is_copied_into_it_is_let_through_to_it_and_nothing_else_is() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split("\n\n")[0].splitlines()
    let_through = {line[1:] for line in ignored if line.startswith("!")}
    copied = {word for step in STAGES[0].all("COPY") for word in step.words[:-1]}
    assert "*" in ignored
    assert copied == let_through
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert not [name for name in copied if any(fnmatch(name, private) for private in (".*", "tests", "dist"))]
