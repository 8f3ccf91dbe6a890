"""The second edition: found out by itself, kept by a sandbox, and broken by one with a defect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract_tests.config import RunConfig
from contract_tests.documents import EDITIONS, SCOPE, title, versions
from contract_tests.editions import SUITES, is_of_another
from contract_tests.errors import Unusable
from contract_tests.forms import FORMS
from contract_tests.register.calendar import milestones
from contract_tests.target.edition import DOCUMENT, edition_at
from tests.server.running import Running, serving

from .deployments import LIST, TOKEN, Answer, Question, deployed
from .test_verify import verify

NORTHGATE = "northgate-register-token"
ABOUT = ("--rules", "decl.date-not-future", "transfer.status")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A sandbox whose main world is of ECF."""
    with serving(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


def test_a_sandbox_keeps_it_and_with_a_defect_breaks_the_rule_of_that_name(sandbox: Running, tmp_path: Path) -> None:
    kept = verify("--base-url", sandbox.url, "--report", str(tmp_path), *ABOUT, ECF_TOKEN=NORTHGATE)
    assert kept.returncode == 0, kept.stdout + kept.stderr
    report: Any = json.loads((tmp_path / "report.json").read_text())
    assert (report["target"]["edition"], report["target"]["versions"]) == ("register", ["v3"])
    assert {each["id"] for each in report["rules"]} == {"decl.date-not-future", "transfer.status"}
    assert all("register/" in each["id"] for each in report["scenarios"])
    broken = verify("--base-url", sandbox.url, *ABOUT, "--defects", "declared-for-the-future", ECF_TOKEN=NORTHGATE)
    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert "decl.date-not-future" in broken.stdout
    assert "transfer.status" not in broken.stdout


def test_a_token_of_the_other_edition_is_told_before_the_run(sandbox: Running) -> None:
    told = verify("--base-url", sandbox.url, "--edition", "ecf", *ABOUT, ECF_TOKEN=NORTHGATE)
    assert told.returncode == 2
    assert "The token is one of register" in told.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--version", "v1"), "register has no v1, only v3"),
        (("--behaviour", "documented"), "register is held to deployed"),
        (("--rules", "decl.idempotent"), "There is no rule like 'decl.idempotent'. docs/rules-register.md lists them"),
        (("--operations", "list_partnerships_ecf"), "There is no operation like"),
    ],
)
def test_what_it_does_not_have_is_told_before_the_run(options: tuple[str, ...], sentence: str) -> None:
    told = verify("--edition", "register", "--base-url", "http://127.0.0.1:1", *options, ECF_TOKEN=NORTHGATE)
    assert (told.returncode, sentence in told.stderr) == (2, True), told.stderr


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('{"info": {"title": "Register lead provider API"}}', "register"),
        ('{"info": {"title": "Another"}}', None),
        ('{"info": "Register lead provider API"}', None),
        (LIST, None),
        ("<html>", None),
    ],
)
def test_the_document_of_the_token_says_which_edition_it_is(content: str, found: str | None) -> None:
    def answer(question: Question) -> Answer:
        assert (question.path, question.knows_token) == (DOCUMENT, True)
        return Answer(200, content, "application/json")

    with deployed(answer) as target:
        assert edition_at(RunConfig(base_url=target.url, token=TOKEN)) == found


def test_where_nobody_answers_there_is_nothing_to_test() -> None:
    with pytest.raises(Unusable, match="got no answer"):
        edition_at(RunConfig(base_url="http://127.0.0.1:1", token=TOKEN))


def test_an_edition_settles_which_versions_are_tested() -> None:
    assert RunConfig().of_edition().versions == ("v1", "v2", "v3")
    assert RunConfig(edition="register").of_edition("ecf").versions == ("v3",)
    assert RunConfig(versions=("v2",)).of_edition("ecf").versions == ("v2",)
    with pytest.raises(ValueError, match="register has no v2"):
        RunConfig(versions=("v2",)).of_edition("register")


def test_every_edition_has_a_suite_a_form_and_a_title() -> None:
    assert set(SUITES) == set(FORMS) == set(EDITIONS)
    assert len({title(edition) for edition in EDITIONS}) == len(EDITIONS)
    assert all(versions(edition) for edition in EDITIONS)


def test_scenarios_of_another_edition_are_left_out_and_those_of_all_are_not() -> None:
    root = Path("contract_tests").resolve()
    folders = ["rules", "register", "conformance/test_csv.py", "conformance/register", "conformance/test_paging.py"]
    left_out = {}
    for edition in EDITIONS:
        with SCOPE.limited_to(("*",), edition):
            left_out[edition] = [folder for folder in folders if is_of_another(root / folder)]
    assert left_out == {
        "ecf": ["register", "conformance/register"],
        "register": ["rules", "conformance/test_csv.py"],
    }


def test_the_calendar_has_the_milestones_of_the_edition() -> None:
    assert str(milestones("ecf-standard-september", "2025")["completed"].starts) == "2025-06-01"
    assert str(milestones("ecf-reduced-april", "2026")["started"].starts) == "2027-04-01"
    assert milestones("ecf-extended-january", "2025")["extended-3"].ends is None
    assert str(milestones("ecf-standard-april", "2021")["started"].ends) == "2022-05-31"
    assert str(milestones("ecf-standard-january", "2021")["completed"].ends) == "2023-09-30"
