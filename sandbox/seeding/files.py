"""The seed files, read: what stands in `seeds/`, checked word by word, before anything is played."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import yaml

from sandbox import resources
from sandbox.seeding.seeds import (
    CohortSeed,
    CrowdSeed,
    Person,
    ProvidersSeed,
    Scenario,
    ScheduleSeed,
    SchoolsSeed,
    Seeds,
    StatementsSeed,
)

T = TypeVar("T")

SEEDS: Final = resources.folder("seeds")

# Every scalar is text to this loader: what it is besides, the types say. So nothing needs quotes, and no year, TRN or
# time is mistaken for something else.
_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class SeedProblem(Exception):
    """The seed data cannot be played; the message names the place and says what is wrong there."""


def read(folder: Path) -> Seeds:
    """Read the seed folder, apart from its scenarios. Raises SeedProblem."""
    return Seeds(
        cohorts=read_as(folder / "cohorts.yaml", tuple[CohortSeed, ...]),
        schedules=read_as(folder / "schedules.yaml", tuple[ScheduleSeed, ...]),
        statements=read_as(folder / "statements.yaml", StatementsSeed),
        organisations=read_as(folder / "providers.yaml", ProvidersSeed),
        schools=read_as(folder / "schools.yaml", SchoolsSeed),
        people={
            f"people/{file.name}": read_as(file, tuple[Person, ...])
            for file in sorted((folder / "people").glob("*.yaml"))
        },
        crowd=read_crowd(folder),
    )


def read_crowd(folder: Path) -> CrowdSeed:
    """What the many are dealt from. Raises SeedProblem."""
    return read_as(folder / "crowd.yaml", CrowdSeed)


def read_scenarios(folder: Path) -> Mapping[str, Scenario]:
    """The scenarios by name. Raises SeedProblem."""
    file = folder / "scenarios.yaml"
    return _scenarios(file, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=1)
def _scenarios(file: Path, _changed_at: int) -> Mapping[str, Scenario]:
    """Kept until the file changes: every world that is made is looked up among them."""
    return read_as(file, dict[str, Scenario])


def read_as(file: Path, kind: type[T]) -> T:
    """A seed file as what it is to hold. Raises SeedProblem."""
    try:
        content = yaml.load(file.read_bytes(), Loader=_LOADER)
    except OSError as error:
        raise SeedProblem(f"{file} cannot be read: {error.strerror}.") from error
    except yaml.YAMLError as error:
        raise SeedProblem(f"{file} is not proper YAML: {error}") from error
    try:
        # Lax, as all that YAML gives here is text: "true" and "15" become what their fields are.
        return msgspec.convert(content, kind, strict=False)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at ")
        raise SeedProblem(f"{file}{_place(content, path)}: {what}. Correct it there.") from error


def _place(content: Any, path: str) -> str:
    """Where a path such as `$[3].life[2].at` leads, in words: whose life, which event, which field."""
    words = []
    for key, index in re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", path):
        if index == "...":
            break
        try:
            content = content[key] if key else content[int(index)]
        except (KeyError, IndexError, TypeError):
            content = None
        named = content.get("name") or content.get("do") if isinstance(content, dict) else None
        words.append(str(named or key or f"number {int(index) + 1}"))
    return "".join(f", {word}" for word in words)
