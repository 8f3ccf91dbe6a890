"""The installed package: documents and seeds travel inside the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .running import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel, built from a copy of the project, was unpacked into."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "tests", "__pycache__"))
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run(build, cwd=copy, check=True, capture_output=True)
    (wheel,) = (copy / "dist").glob("ecf_sandbox-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    shutil.rmtree(copy)
    return folder / "site"


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        cwd=installed.parent,
        env=os.environ | {"PYTHONPATH": str(installed), "ECF_SANDBOX_CACHE": str(installed.parent / "cache")},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )


def test_every_document_and_every_seed_file_is_inside(installed: Path) -> None:
    assert files(installed / "ecf_sandbox_data/openapi") == files(ROOT / "openapi")
    assert files(installed / "ecf_sandbox_data/seeds") == files(ROOT / "seeds")


def files(folder: Path) -> set[Path]:
    return {file.relative_to(folder) for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc"}


def test_the_command_plays_the_seeds_it_carries(installed: Path) -> None:
    where = run(installed, "-c", "import sandbox.resources as r; print(r.folder('seeds'))").stdout.strip()
    assert where == str(installed / "ecf_sandbox_data/seeds")
    assert "'first-cohort'" in run(installed, "-m", "sandbox", "reset", "--scenario", "first-cohort").stdout
    assert (installed.parent / ".data/main.json").exists()


def test_the_command_builds_its_application_from_the_documents_it_carries(installed: Path) -> None:
    program = """
from sandbox.app import build_app
from sandbox.clock import wall_clock
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.worlds.worlds import Worlds
creation = Creation(ALL)
print(type(build_app(Worlds(creation.fresh("main", None, wall_clock()), creation, wall_clock))).__name__)
"""
    assert run(installed, "-c", program).stdout.strip() == "ErrorMiddleware"


def test_the_command_is_named_ecf_sandbox_and_pytest_finds_the_fixtures(installed: Path) -> None:
    (entry_points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "ecf-sandbox = sandbox.cli:main" in entry_points.read_text()
    assert "[pytest11]\necf_sandbox_pytest = ecf_sandbox_pytest" in entry_points.read_text()
