"""Both commands, `ecf-sandbox` and `ecf-contract`, as somebody meets them who does not know them yet."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete

import contract_tests.cli
import sandbox.cli

from .running import ROOT

MAINS: dict[str, Callable[[Sequence[str]], int]] = {
    "ecf-sandbox": sandbox.cli.main,
    "ecf-contract": contract_tests.cli.main,
}
GROUPS = {"ecf-sandbox": sandbox.cli.ecf_sandbox, "ecf-contract": contract_tests.cli.ecf_contract}
COMMANDS = [(program, name) for program, group in GROUPS.items() for name in group.commands]

each_command = pytest.mark.parametrize(("program", "name"), COMMANDS)
each_program = pytest.mark.parametrize("program", MAINS)

# Windows as far as it can be played here: what it lacks is missing, and each program says its help and does its work.
WINDOWS = """
import asyncio, multiprocessing, os, signal, sys, tempfile, types, warnings
import click, connexion, httptools, jsonschema_rs, msgspec, orjson, platformdirs, prometheus_client, rich.console
import starlette.applications, tinydb, zoneinfo, sysconfig, uvicorn, uvicorn.protocols.http.httptools_impl, yaml
for name in ("fcntl", "resource", "pwd", "grp", "termios", "uvloop", "readline"):
    sys.modules[name] = None
for name in ("fork", "wait", "waitpid", "pread", "pwrite", "fdatasync", "register_at_fork", "geteuid", "getuid"):
    delattr(os, name)
for name in ("SIGHUP", "SIGKILL", "SIGUSR1", "SIGALRM", "SIGCHLD", "SIGQUIT"):
    delattr(signal, name)
sys.modules["msvcrt"] = types.SimpleNamespace(locking=lambda *_: None, LK_NBLCK=2, LK_LOCK=1)
sys.platform = "win32"
from sandbox.cli import main
from contract_tests.cli import main as contract
data = tempfile.mkdtemp()
import sandbox.app, sandbox.serving, sandbox.doctor, contract_tests.turns, contract_tests.signals
sandbox.serving.allow_connections()
contract_tests.turns.Turns(1000, __import__("pathlib").Path(data, "turns")).take()
with contract_tests.signals.heeded():
    pass
sys.exit(
    main(["--help"]) or main(["serve", "--help"]) or contract(["verify", "--help"]) or main(["defects"])
    or main(["reset", "--data", data]) or main(["doctor", "--port", "0", "--data", data])
    or main(["serve", "--workers", "2", "--store", "postgresql://x"]) - 2
)
"""


def said(program: str, *arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a program says that does as it is told."""
    assert MAINS[program](arguments) == 0
    return capsys.readouterr().out


@each_command
def test_help_names_every_option_in_the_environment(
    program: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    help = " ".join(said(program, name, "--help", capsys=capsys).split())
    for option in GROUPS[program].commands[name].params:
        if isinstance(option, click.Option):
            assert re.search(rf"{option.opts[0]}\b.*?\[env var: ECF_\w+", help), option.name


@each_command
def test_help_ends_with_examples_that_the_command_understands(
    program: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    help = said(program, name, "--help", capsys=capsys)
    assert help.isascii()
    examples = re.findall(rf"{program} {name}\b[^\n)>#]*", help.partition("Example")[2])
    assert examples
    for example in examples:
        _, _, *arguments = shlex.split(example.strip('" '))
        GROUPS[program].commands[name].make_context(name, arguments)


@each_program
def test_it_says_its_version_and_what_there_is(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert re.fullmatch(rf"{program} \d+\.\d+\.\d+\n", said(program, "--version", capsys=capsys))
    listed = said(program, "-h", capsys=capsys)
    assert [name for name in GROUPS[program].commands if f"\n  {name} " not in listed] == []


@pytest.mark.parametrize(
    ("program", "line", "nearest"),
    [
        ("ecf-sandbox", "serve --prot 9000", "'--port'"),
        ("ecf-sandbox", "serv", "'serve'"),
        ("ecf-sandbox", "reset --behavior deployed", "'--behaviour'"),
        ("ecf-sandbox", "serve --edition reg", "'register'"),
        ("ecf-contract", "verify --base-ulr x", "'--base-url'"),
        ("ecf-contract", "verfy", "'verify'"),
        ("ecf-contract", "verify --version v4", "'v3'"),
    ],
)
def test_a_mistake_is_told_with_what_is_nearest(
    program: str, line: str, nearest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert MAINS[program](line.split()) == 2
    told = capsys.readouterr().err
    assert "error:" in told
    assert nearest in told
    assert f"`{program}" in told.splitlines()[-1]


@pytest.mark.parametrize(
    ("line", "rather"),
    [
        ("ecf-contract verify http://127.0.0.1:8080", "--base-url http://127.0.0.1:8080"),
        ("ecf-contract verify localhost:8080 --json", "--base-url localhost:8080"),
        ("ecf-contract verify v3", "--version v3"),
        ("ecf-contract verify decl.*", "--rules decl.*"),
        ("ecf-contract https://api.example", "ecf-contract verify --base-url https://api.example"),
        ("ecf-contract --base-url https://api.example", "ecf-contract verify --base-url ..."),
        ("ecf-contract serve", "ecf-sandbox serve"),
        ("ecf-contract", "ecf-contract verify"),
        ("ecf-sandbox serve 9000", "--port 9000"),
        ("ecf-sandbox serve register", "--edition register"),
        ("ecf-sandbox serve postgresql://ecf@db.example/ecf", "--store postgresql://ecf@db.example/ecf"),
        ("ecf-sandbox serve mine", "--data mine"),
        ("ecf-sandbox demo clawback", "--branch clawback"),
        ("ecf-sandbox migrate world.json", "--from world.json"),
        ("ecf-sandbox readiness http://127.0.0.1:8080", "--url http://127.0.0.1:8080"),
        ("ecf-sandbox --port 9000", "ecf-sandbox serve --port ..."),
        ("ecf-sandbox verify", "ecf-contract verify"),
        ("ecf-sandbox", "ecf-sandbox serve"),
    ],
)
def test_a_line_that_is_none_is_told_with_what_to_write(
    line: str, rather: str, capsys: pytest.CaptureFixture[str]
) -> None:
    program, *words = line.split()
    assert MAINS[program](words) == 2
    told = capsys.readouterr().err
    assert f"{rather}\n" in told
    assert told.startswith(f"Usage: {program}{' verify' if 'verify' in words[:1] and 'contract' in program else ''} ")


@each_command
def test_a_flag_without_its_value_shows_the_usage_of_its_command(
    program: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = [each.opts[0] for each in GROUPS[program].commands[name].params if not getattr(each, "is_flag", True)]
    for flag in flags[:1]:
        assert MAINS[program]([name, flag]) == 2
        assert capsys.readouterr().err.startswith(f"Usage: {program} {name} ")


def test_what_can_be_done_wrongly_is_listed_for_programs_too(capsys: pytest.CaptureFixture[str]) -> None:
    listed = said("ecf-sandbox", "defects", capsys=capsys).splitlines()[1:]
    defects = json.loads(said("ecf-sandbox", "defects", "--json", capsys=capsys))["defects"]
    assert [each["name"] for each in defects] == [line.split()[0] for line in listed]
    assert all(each["breaks"] and each["about"] for each in defects)


@each_program
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(program: str, shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    script = said(program, "completion", shell, capsys=capsys)
    assert f"_{program.replace('-', '_').upper()}_COMPLETE={shell}_complete" in script
    assert shell != "fish" or 'string split --max 1 ","' in script, "what is told of a value may have commas"


@pytest.mark.parametrize(
    ("program", "before", "begun", "offered"),
    [
        ("ecf-sandbox", [], "ser", ["serve"]),
        ("ecf-sandbox", ["serve"], "--con", ["--config", "--control-token"]),
        ("ecf-sandbox", ["serve", "--scenario"], "first", ["first-cohort"]),
        ("ecf-sandbox", ["serve", "--behaviour"], "d", ["documented", "deployed"]),
        (
            "ecf-sandbox",
            ["serve", "--defects"],
            "future-date-accepted,milestone-e",
            ["future-date-accepted,milestone-end-ignored"],
        ),
        ("ecf-contract", ["verify", "--version"], "v", ["v1", "v2", "v3"]),
    ],
)
def test_commands_options_and_values_are_completed(
    program: str, before: list[str], begun: str, offered: list[str]
) -> None:
    found = BashComplete(GROUPS[program], {}, program, "").get_completions(before, begun)
    assert offered == [each.value for each in found][: len(offered)]
    assert found


def test_a_terminal_that_lacks_characters_is_told_all_the_same() -> None:
    program = """
import sys
from sandbox.cli import main
from contract_tests.cli import main as contract
wrong = "\\u0141\\u2192"
assert main(["serve", "--help"]) == contract(["verify", "--help"]) == 0
assert main(["serve", "--port", wrong]) == contract(["verify", "--base-url", wrong]) == 2
"""
    done = played(program, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    assert "ECF_SANDBOX_... of the environment" in done.stdout
    assert "'??' is no port" in done.stderr


def test_nothing_that_windows_lacks_is_needed() -> None:
    done = played(WINDOWS, PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr
    assert "on which processes can divide" in done.stderr
    assert "Nothing keeps it from serving." in done.stdout


def played(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program, run to its end where the environment says something else."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def test_no_date_is_written_as_only_some_systems_can() -> None:
    sources = [file for package in ("sandbox", "contract_tests") for file in (ROOT / package).rglob("*.py")]
    assert [str(file) for file in sources if re.search(r"%-[a-zA-Z]", file.read_text("utf-8"))] == []


def loose(file: Path) -> list[int]:
    """The lines of a file that read or write text in whichever encoding the system has."""
    source = file.read_text("utf-8")
    if "_text(" not in source:
        return []
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    texts = [call for call in calls if getattr(call.func, "attr", "") in ("read_text", "write_text")]
    return [
        call.lineno
        for call in texts
        if not any(isinstance(each, ast.Constant) and each.value in ("utf-8", "ascii") for each in call.args)
        and not any(keyword.arg == "encoding" for keyword in call.keywords)
    ]


def test_no_text_is_read_or_written_as_the_system_happens_to_encode_it() -> None:
    sources = [file for package in ("sandbox", "contract_tests") for file in (ROOT / package).rglob("*.py")]
    assert {str(file): lines for file in sources if (lines := loose(file))} == {}
