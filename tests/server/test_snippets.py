"""What pages show and say no outcome of: each command is tried, or says why it cannot be; every link leads on."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.testing import Sandbox

from .running import ROOT
from .showing import HERE, indented, ran, said_to_a_shell
from .test_guide import PROGRAMS

FILES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
FILES += sorted((ROOT / "docs").rglob("*.md"))
PAGES = {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in FILES}
NOT_TRIED = {
    "docker": "needs an engine: tests/shipping reads the Dockerfile, and `make image-rehearsal` takes its steps",
    "openapi-python-client": "`tests/clients/test_python.py` calls it from Python",
    "npx": "`make clients` runs it, from npm's registry",
    "openapi-generator-cli": "`make clients` runs it, with Java",
    "nswag": "`make clients` runs it, with Mono",
    "jq": "is none of ours: tests/contract/test_reports.py holds report.json to what the page says of it",
    "export": "says a secret to the shell, for the next line",
}
"""Programs whose commands are not tried here, each with the reason."""
INDENTED = ("make ", "ecf-sandbox serve [--host H]")
"""Blocks without a fence, which are no commands to be run as they are, but what there is to choose from."""


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", PAGES)
def test_each_command_is_tried_or_says_why_not(name: str, running: Sandbox, tmp_path: Path) -> None:
    for command in said_to_a_shell(PAGES[name]):
        words = [word for word in shlex.split(command, comments=True) if not re.match(r"[A-Z_]+=", word)]
        match words:
            case ["curl", *_] if HERE in command:
                assert ran(command.replace("curl ", "curl -sf ", 1), running.url, tmp_path)
            case ["curl", *_]:
                local = re.sub(r"https://sandbox\.example", HERE, command)
                assert local != command, "whose address is that?"
                assert ran(local.replace("curl ", "curl -sf ", 1), running.url, tmp_path)
            case ["pip", "install", what]:
                assert can_be_installed(what), command
            case [program, subcommand, *_] if program in PROGRAMS:
                assert subcommand in PROGRAMS[program]  # test_guide.py has its options read
            case [program, *_]:
                assert program in NOT_TRIED, command


def can_be_installed(what: str) -> bool:
    """Whether it is this project with an extra that it has, or a package that is pinned for it."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    name, _, extra = what.rstrip("]").partition("[")
    if name == ".":
        return not extra or extra in extras
    return f"{name}==" in (ROOT / "constraints.txt").read_text("utf-8")


def test_nothing_is_left_out_that_no_page_shows() -> None:
    shown = {shlex.split(command, comments=True)[0] for page in PAGES.values() for command in said_to_a_shell(page)}
    assert NOT_TRIED.keys() <= shown


@pytest.mark.parametrize("name", PAGES)
def test_commands_stand_in_fences(name: str) -> None:
    lines = [line for line in indented(PAGES[name]) if re.match(r"[A-Z_]+=|[a-z][a-z-]* ", line)]
    assert [line for line in lines if not line.startswith(INDENTED)] == []


def test_what_can_be_made_is_there() -> None:
    made = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for name, page in PAGES.items():
        targets = set(re.findall(r"(?:`|^    )make ([a-z-]+)", page, re.MULTILINE))
        assert targets <= made, (name, targets - made)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_to_a_file_and_a_heading_leads_there(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`\n]*`", "", PAGES[name], flags=re.DOTALL)):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def anchors(file: Path) -> set[str]:
    """What the headings of a page are known by."""
    headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_the_readme_keeps_within_the_line() -> None:
    long = [line for line in PAGES["README.md"].splitlines() if len(line) > 120 and not line.startswith("|")]
    assert long == []
