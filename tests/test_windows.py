"""What Windows lacks is used nowhere without looking first: a test reads the code, as none of ours runs there."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from contract_tests import mutants
from sandbox.cli import main

ROOT: Final = Path(__file__).parents[1]
FILES: Final = [
    ROOT / "ecf_sandbox_pytest.py",
    *(p for d in ("sandbox", "contract_tests") for p in (ROOT / d).rglob("*.py")),
]
MODULES: Final = {"crypt", "fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}
CALLS: Final = {
    "os": {
        "chown",
        "fork",
        "forkpty",
        "geteuid",
        "getpgid",
        "getuid",
        "killpg",
        "mkfifo",
        "nice",
        "setsid",
        "uname",
        "wait",
    },
    "signal": {"SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGQUIT", "SIGUSR1", "SIGUSR2", "alarm", "pthread_kill"},
}
DIVIDING: Final = {"sandbox/workers.py", "contract_tests/retelling.py"}  # called only where processes can divide: below
LETTERS_WITHOUT_ZERO: Final = re.compile(r"%[-_^#][a-zA-Z]")


def problems(source: str) -> list[str]:
    """What of it Windows has not, outside of a branch that looks at `sys.platform`."""
    return list(_problems(ast.parse(source), guarded=False))


def _problems(node: ast.AST, *, guarded: bool) -> Iterator[str]:
    if isinstance(node, ast.If) and "sys.platform" in ast.unparse(node.test):
        guarded = True
    match node:
        case ast.Constant(value=str(text)) if LETTERS_WITHOUT_ZERO.search(text):
            yield text
        case ast.Import(names=names) if not guarded:
            yield from (each.name for each in names if each.name in MODULES)
        case ast.ImportFrom(module=module, names=names) if not guarded and module is not None:
            yield from ([module] if module in MODULES else [])
            yield from (f"{module}.{each.name}" for each in names if each.name in CALLS.get(module, ()))
        case ast.Attribute(value=ast.Name(id=module), attr=name) if not guarded and name in CALLS.get(module, ()):
            yield f"{module}.{name}"
    for child in ast.iter_child_nodes(node):
        yield from _problems(child, guarded=guarded)


def test_nothing_is_used_that_windows_has_not() -> None:
    found = {str(file.relative_to(ROOT)): problems(file.read_text(encoding="utf-8")) for file in FILES}
    found = {name: said for name, said in found.items() if said}
    assert set(found) <= DIVIDING, found
    assert {what for said in found.values() for what in said} <= {"os.fork", "os.wait"}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('f"{day:%-d %B}"', ["%-d %B"]),
        ('day.strftime("%-m")', ["%-m"]),
        ("import fcntl", ["fcntl"]),
        ("from os import fork", ["os.fork"]),
        ("import os\nos.fork()", ["os.fork"]),
        ("import sys\nif sys.platform != 'win32':\n    import fcntl", []),
        ('f"{day.day} {day:%B}"', []),
    ],
)
def test_it_is_noticed_when_it_is(source: str, said: list[str]) -> None:
    assert problems(source) == said


def test_no_process_is_divided_where_none_can_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(os, "fork")
    assert main(["serve", "--store", "postgresql://nobody@127.0.0.1:9/none", "--workers", "2"]) == 2
    assert "processes can divide" in capsys.readouterr().err
    with pytest.raises(SystemExit) as end:
        mutants.main([])
    assert end.value.code == 2
    assert "processes can divide" in capsys.readouterr().err
