"""The installed package: documents and seeds travel inside the wheel, and nothing of it has a name that others have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installation import Installation

from .running import ROOT


def test_nothing_is_installed_under_a_name_that_others_have(installation: Installation) -> None:
    (record,) = installation.site.glob("ecf_sandbox-*.dist-info/RECORD")
    names = {line.partition(",")[0].partition("/")[0] for line in record.read_text().splitlines()}
    names = {name for name in names if name != ".." and not name.endswith(".dist-info")}
    assert names - {"__pycache__"} == {"contract_tests", "ecf_sandbox_data", "ecf_sandbox_pytest.py", "sandbox"}


@pytest.mark.parametrize("package", ["contract_tests", "sandbox"])
def test_its_types_are_for_all_to_check_against(installation: Installation, package: str) -> None:
    assert (installation.site / package / "py.typed").exists()


def test_every_document_and_every_seed_file_is_inside(installation: Installation) -> None:
    assert files(installation.site / "ecf_sandbox_data/openapi") == files(ROOT / "openapi")
    assert files(installation.site / "ecf_sandbox_data/seeds") == files(ROOT / "seeds")


def test_the_guide_is_inside(installation: Installation) -> None:
    guide = installation.site / "ecf_sandbox_data/site"
    assert "Northgate Teaching Institute" in (guide / "first/python/index.html").read_text("utf-8")


def files(folder: Path) -> set[Path]:
    return {file.relative_to(folder) for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc"}


def test_the_command_plays_the_seeds_it_carries(installation: Installation, tmp_path: Path) -> None:
    program = "import sandbox.resources as r; print(r.folder('seeds'))"
    where = installation.run("python", "-c", program, cwd=tmp_path).stdout.strip()
    assert where == str(installation.site / "ecf_sandbox_data/seeds")
    done = installation.run("ecf-sandbox", "reset", "--scenario", "first-cohort", cwd=tmp_path)
    assert "'first-cohort'" in done.stdout
    assert (tmp_path / ".data/main.json").exists()


def test_the_command_builds_its_application_from_the_documents_it_carries(
    installation: Installation, tmp_path: Path
) -> None:
    program = """
from sandbox.app import build_app
from sandbox.clock import wall_clock
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.worlds.worlds import Worlds
creation = Creation(ALL)
print(type(build_app(Worlds(creation.fresh("main", None, wall_clock()), creation, wall_clock))).__name__)
"""
    done = installation.run("python", "-W", "ignore", "-c", program, cwd=tmp_path)
    assert done.stdout.strip() == "Observing", done.stderr


def test_pytest_finds_the_fixtures(installation: Installation) -> None:
    (entry_points,) = installation.site.glob("ecf_sandbox-*.dist-info/entry_points.txt")
    assert "[pytest11]\necf_sandbox_pytest = ecf_sandbox_pytest" in entry_points.read_text()
