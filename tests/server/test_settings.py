"""Settings by flag, environment and file alike."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click import UsageError

from sandbox import cli
from sandbox.options import settings_of
from sandbox.settings import Settings

SERVE = cli.ecf_sandbox.commands["serve"]


def said(name: str, *arguments: str, **environment: str) -> Settings:
    """What a command is to do, by what was said in each place."""
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in environment.items():
            patch.setenv(variable, value)
        return settings_of(cli.ecf_sandbox.commands[name].make_context(name, list(arguments)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sandbox.toml"
    path.write_text('port = 9001\nrate-limit = true\ncontrol_token = "of the file"\ndefects = []\nworld-ttl = "2h"\n')
    return path


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(file: Path) -> None:
    assert said("serve").port == 8080
    assert said("serve", "--config", str(file)).port == 9001
    assert said("serve", "--config", str(file), ECF_SANDBOX_PORT="9002").port == 9002
    assert said("serve", "--config", str(file), "--port=9003", ECF_SANDBOX_PORT="9002").port == 9003
    assert said("serve", ECF_SANDBOX_CONFIG=str(file)).control_token == "of the file"
    assert said("serve", ECF_SANDBOX_CONTROL_TOKEN="secret").control_token == "secret"


@pytest.mark.parametrize(("text", "on"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_a_switch_is_on_or_off(text: str, on: bool) -> None:
    assert said("serve", ECF_SANDBOX_RATE_LIMIT=text).rate_limit is on
    assert said("serve", "--no-rate-limit", ECF_SANDBOX_RATE_LIMIT=text).rate_limit is False


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
        assert (str(settings.data), settings.store) == kept
    with pytest.raises(UsageError, match="--store: not allowed with --data"):
        said("serve", "--data", "mine", "--store", url)


def test_one_file_may_serve_every_command(file: Path) -> None:
    for name in ("reset", "doctor"):
        assert said(name, "--config", str(file)).data == Path(".data")


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("prot = 1", "prot, which is no setting"),
        ("port =", "is no TOML"),
        ("[port]\nx = 1", "what is no value"),
        ('rate-limit = "maybe"', "is not a valid boolean"),
    ],
)
def test_a_wrong_file_is_refused_by_what_is_wrong_with_it(tmp_path: Path, content: str, wrong: str) -> None:
    file = tmp_path / "sandbox.toml"
    file.write_text(content)
    with pytest.raises(UsageError, match=wrong):
        said("serve", "--config", str(file))
    with pytest.raises(UsageError, match="could not be read"):
        said("serve", "--config", str(tmp_path / "none.toml"))


def test_a_wrong_value_of_the_environment_is_refused_as_on_the_command_line() -> None:
    with pytest.raises(UsageError, match="'x' is no port"):
        said("serve", ECF_SANDBOX_PORT="x")


def test_what_the_environment_sets_to_nothing_is_not_set() -> None:
    assert said("serve", ECF_SANDBOX_PORT="", ECF_SANDBOX_STORE="", ECF_SANDBOX_CONTROL_TOKEN="") == Settings()


def test_every_setting_stands_in_the_table_of_the_docs() -> None:
    table = (Path(__file__).parents[2] / "docs" / "deployment.md").read_text("utf-8")
    for parameter in SERVE.params:
        assert f"| `--{str(parameter.name).replace('_', '-')}" in table
        assert f"`{parameter.envvar}`" in table


def test_what_is_the_default_is_said_once() -> None:
    assert said("serve") == said("doctor") == said("reset") == Settings()


def test_nothing_of_this_is_set_here() -> None:
    assert not [name for name in os.environ if name.startswith("ECF_SANDBOX_") and name != "ECF_SANDBOX_CACHE"]
