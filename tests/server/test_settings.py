"""Settings by flag, environment and file alike."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sandbox.configuration import WrongSetting
from sandbox.options import parser, with_what_is_set

NONE: dict[str, str] = {}


def said(*arguments: str, **environment: str) -> dict[str, object]:
    """What the command is to do, by what was said in each place."""
    reader = parser()
    return vars(reader.parse_args(with_what_is_set(reader, arguments, environment)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sandbox.toml"
    path.write_text('port = 9001\nrate-limit = true\ncontrol_token = "of the file"\ndefects = []\nworld-ttl = "2h"\n')
    return path


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(file: Path) -> None:
    assert said("serve")["port"] == 8080
    assert said("serve", "--config", str(file))["port"] == 9001
    assert said("serve", "--config", str(file), ECF_SANDBOX_PORT="9002")["port"] == 9002
    assert said("serve", "--config", str(file), "--port=9003", ECF_SANDBOX_PORT="9002")["port"] == 9003
    assert said("serve", ECF_SANDBOX_CONFIG=str(file))["control_token"] == "of the file"
    assert said("serve", ECF_SANDBOX_CONTROL_TOKEN="secret")["control_token"] == "secret"


@pytest.mark.parametrize(("text", "on"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_a_switch_is_on_or_off(text: str, on: bool) -> None:
    assert said("serve", ECF_SANDBOX_RATE_LIMIT=text)["rate_limit"] is on
    assert said("serve", "--no-rate-limit", ECF_SANDBOX_RATE_LIMIT=text)["rate_limit"] is False


def test_of_a_folder_and_a_database_the_one_that_was_said_last_counts(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.toml"
    file.write_text('data = "kept"\n')
    url = "postgresql://db/ecf"
    for arguments, environment, kept in (
        (("serve", "--config", str(file)), {}, ("kept", None)),
        (("serve", "--config", str(file)), {"ECF_SANDBOX_STORE": url}, (".data", url)),
        (("serve", "--data", "mine"), {"ECF_SANDBOX_STORE": url}, ("mine", None)),
        (("reset", "--store", url), {"ECF_SANDBOX_DATA": "theirs"}, (".data", url)),
    ):
        settings = said(*arguments, **environment)
        assert (str(settings["data"]), settings["store"]) == kept


def test_one_file_may_serve_both_commands(file: Path) -> None:
    assert said("reset", "--config", str(file))["command"] == "reset"


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("prot = 1", "prot, which is no setting"),
        ("port =", "is no TOML"),
        ("[port]\nx = 1", "what is no value"),
        ('rate-limit = "maybe"', "give true or false"),
    ],
)
def test_a_wrong_file_is_refused_by_what_is_wrong_with_it(tmp_path: Path, content: str, wrong: str) -> None:
    file = tmp_path / "sandbox.toml"
    file.write_text(content)
    with pytest.raises(WrongSetting, match=wrong):
        said("serve", "--config", str(file))
    with pytest.raises(WrongSetting, match="could not be read"):
        said("serve", "--config", str(tmp_path / "none.toml"))


def test_a_wrong_value_of_the_environment_is_refused_as_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        said("serve", ECF_SANDBOX_PORT="x")
    assert "'x' is no port" in capsys.readouterr().err


def test_every_setting_stands_in_the_table_of_the_docs() -> None:
    table = (Path(__file__).parents[2] / "docs" / "deployment.md").read_text("utf-8")
    commands = vars(parser())["_subparsers"]._group_actions[0].choices
    for action in commands["serve"]._actions:
        if action.dest != "help":
            assert f"| `--{action.dest.replace('_', '-')}" in table
            assert f"`ECF_SANDBOX_{action.dest.upper()}`" in table


def test_nothing_of_this_is_set_here() -> None:
    assert not [name for name in os.environ if name.startswith("ECF_SANDBOX_") and name != "ECF_SANDBOX_CACHE"]
