"""The sdist holds what the wheel is built from and nothing private; what is pinned is the same everywhere."""

from __future__ import annotations

import re
import tarfile
import tomllib
import zipfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.installation import ROOT, Installation, built

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
REQUIREMENTS = (ROOT / "requirements.txt").read_text()


def pinned(text: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([^\s\\;]+)", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


CONSTRAINTS = pinned((ROOT / "constraints.txt").read_text())
SERVED = pinned(REQUIREMENTS)


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_sdist_is_built_into_the_wheel_that_the_project_is(installation: Installation, tmp_path: Path) -> None:
    here = built("wheel", installation.folder.parent / "project", tmp_path)
    assert contents(installation.wheel) == contents(here)


def test_the_sdist_holds_nothing_that_is_private(installation: Installation) -> None:
    with tarfile.open(installation.sdist) as archive:
        names = [member.name.partition("/")[2] for member in archive.getmembers()]
    chosen = set(PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"])
    assert {name.partition("/")[0] for name in names} == chosen | {"PKG-INFO"} | ({".gitignore"} & set(names))
    assert [name for name in names if "/." in name or name.endswith((".pyc", ".log", ".key", ".pem"))] == []
    assert [name for name in chosen if not (ROOT / name).exists()] == []


def test_what_builds_it_is_one_version_of_each() -> None:
    builders = [Requirement(each) for each in PROJECT["build-system"]["requires"]]
    assert [str(each) for each in builders] == [f"{each.name}=={CONSTRAINTS[each.name]}" for each in builders]
    extras = PROJECT["project"]["optional-dependencies"]
    named = {Requirement(each).name: each for extra in extras.values() for each in extra}
    assert {each.name: str(each) for each in builders}.items() >= {
        name: said for name, said in named.items() if name in {each.name for each in builders}
    }.items()
    assert "hatchling" in named


def test_all_that_serving_needs_is_pinned_with_hashes_as_it_is_tested() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    needed = [*PROJECT["project"]["dependencies"], *extras["postgresql"], *PROJECT["build-system"]["requires"]]
    here = [each for each in map(Requirement, needed) if each.marker is None or each.marker.evaluate()]
    assert {canonicalize_name(each.name) for each in here} <= set(SERVED)
    assert {name: CONSTRAINTS.get(name) for name in SERVED} == SERVED
    entries = re.split(r"\n(?=\w)", REQUIREMENTS.partition("\n")[2])
    assert len(entries) == len(SERVED)
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)] == []


def test_what_is_pinned_is_what_the_project_asks_for() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    asked = [
        Requirement(each) for each in (*PROJECT["project"]["dependencies"], *(e for x in extras.values() for e in x))
    ]
    for each in asked:
        name = canonicalize_name(each.name)
        if name != "ecf-sandbox" and name in CONSTRAINTS:
            assert each.specifier.contains(CONSTRAINTS[name], prereleases=True), name


def test_no_registry_is_named() -> None:
    for name in ("constraints.txt", "requirements.txt", "pyproject.toml", "Dockerfile", "compose.yaml"):
        assert not re.search(r"https?://|index-url|find-links (?!/wheels)", (ROOT / name).read_text()), name
