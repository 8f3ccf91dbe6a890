"""A report says what happened, in every form it has, and no secret in any."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as XML

import jsonschema_rs
import pytest

from contract_tests import report
from contract_tests.compare import Comparison, Difference
from contract_tests.config import Behaviour
from contract_tests.documents import rules
from contract_tests.exchange import Exchange
from contract_tests.report.html import as_html
from contract_tests.report.junit import junit
from contract_tests.report.markdown import as_markdown

from .har_schema import HAR_SCHEMA
from .runs import (
    GATEWAY_KEY,
    RULE,
    TOKEN,
    answers,
    exchange,
    failed,
    passed,
    read,
    reported,
    run_config,
    scenario,
    skipped,
)

SCHEMA = json.loads((Path(report.__file__).parent / "report.schema.json").read_text())
COMPARISON = Comparison(
    "https://api.example", "https://other.example", 6, [Difference("GET /api/v3/statements", "body.data", "1", "2")]
)


def test_all_well() -> None:
    made = reported(passed(), skipped(), answers())
    assert made["verdict"]["result"] == "kept"
    assert made["verdict"]["exit_status"] == 0
    assert made["verdict"]["sentence"].startswith("The contract is kept: 1 scenarios passed and none failed.")
    assert made["totals"] == {"passed": 1, "failed": 0, "fragile": 0, "skipped": 1, "scenarios": 2}


def test_one_failure_breaks_the_contract() -> None:
    made = reported(passed(), failed(), answers())
    assert made["verdict"]["exit_status"] == 1
    assert made["verdict"]["sentence"] == "The contract is broken: 1 of 2 scenarios failed, over decl.milestone-start."


def test_what_is_only_fragile_is_told_apart_and_breaks_nothing_unless_the_run_is_strict() -> None:
    odd = failed(grade="fragile", met_by="A client that sends `page=`.")
    made = reported(passed(), odd, answers())
    assert made["verdict"]["exit_status"] == 0
    assert "1 is fragile, over decl.milestone-start." in made["verdict"]["sentence"]
    assert (made["totals"]["failed"], made["totals"]["fragile"]) == (1, 1)
    assert [each["met_by"] for each in made["failures"]] == ["A client that sends `page=`."]
    suites = XML.fromstring(junit(made))
    assert suites.find("testsuite[@failures='0']") is not None
    assert "fragile: " in next(each.get("message", "") for each in suites.iter("skipped"))
    for said in (report.as_text(made), as_markdown(made), as_html(made)):
        assert "Fragile: " in said
        assert "A client that sends" in said
    strict = reported(passed(), odd, answers(), config=run_config(strict=True))
    assert strict["verdict"]["exit_status"] == 1
    assert XML.fromstring(junit(strict)).find("testsuite[@failures='1']") is not None


def test_what_is_broken_is_not_hidden_by_what_is_fragile() -> None:
    made = reported(failed(), failed("other", grade="fragile"), passed(), answers())
    assert made["verdict"]["exit_status"] == 1
    assert "1 of 3 scenarios failed" in made["verdict"]["sentence"]
    assert "1 is only fragile" in made["verdict"]["sentence"]


def test_what_there_was_no_time_for_is_counted_and_leaves_a_verdict_on_the_rest() -> None:
    left = {"kind": "left out", "scenarios": 8}
    made = reported(passed(), left, answers(but="list_statements"))
    assert made["verdict"]["exit_status"] == 0
    assert "8 of 9 scenarios were left out" in made["verdict"]["sentence"]
    assert "Not seen to answer with success: GET /api/v3/statements." in made["verdict"]["sentence"]
    assert made["run"]["left_out"] == 8
    assert reported(left, answers())["verdict"]["exit_status"] == 2


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"scenarios": 0.5}, 0),
        ({"scenarios": 0.51}, 2),
        ({"operations": 1.0}, 0),
        ({"rules": 0.0}, 0),
        ({"rules": 0.5}, 2),
    ],
)
def test_too_little_seen_is_no_verdict_where_more_is_asked_for(wanted: dict[str, float], status: int) -> None:
    made = reported(passed(), {"kind": "left out", "scenarios": 1}, answers(), config=run_config(min_coverage=wanted))
    assert made["verdict"]["exit_status"] == status
    assert ("--min-coverage" in made["verdict"]["sentence"]) is (status == 2)


def test_a_run_that_a_signal_ended_exits_as_the_signal_has_it() -> None:
    stopped = {"kind": "stopped", "reason": "It was stopped (SIGTERM)."}
    for line, result in ((passed(), "incomplete"), (failed(), "broken")):
        verdict = reported(line, stopped, exit_status=143)["verdict"]
        assert (verdict["result"], verdict["exit_status"]) == (result, 143)


def test_an_operation_that_never_answered_well_leaves_no_pass() -> None:
    made = reported(passed(), answers(but="list_statements"))
    assert made["verdict"]["result"] == "incomplete"
    assert made["verdict"]["exit_status"] == 2
    assert made["unanswered"] == ["GET /api/v3/statements"]


def test_a_run_that_only_reads_need_not_write() -> None:
    made = reported(passed(), answers(but="create_declaration"), writes=False)
    assert made["verdict"]["result"] == "kept"
    assert reported(passed(), answers(but="create_declaration"))["verdict"]["result"] == "incomplete"


def test_a_run_of_selected_rules_need_not_see_every_operation() -> None:
    made = reported(passed(), answers(but="list_statements"), config=run_config(rules=["decl.*"]))
    assert made["verdict"]["result"] == "kept"
    assert {rule["id"].partition(".")[0] for rule in made["rules"]} == {"decl"}


def test_nothing_tested_is_no_pass() -> None:
    assert reported(skipped(), answers())["verdict"]["exit_status"] == 2
    assert reported()["verdict"]["exit_status"] == 2


def test_a_run_that_ended_early_is_no_pass_and_says_why() -> None:
    made = reported(passed(), answers(), {"kind": "stopped", "reason": "The time is over."})
    assert made["verdict"]["exit_status"] == 2
    assert "The time is over." in made["verdict"]["sentence"]
    assert reported(failed(), {"kind": "stopped", "reason": "The time is over."})["verdict"]["exit_status"] == 1


def test_what_fails_as_it_is_cleared_away_has_failed() -> None:
    again = failed("the_first_moment_is_open")
    assert reported(passed(), again, answers())["totals"]["failed"] == 1


def test_each_rule_is_told_by_side_and_version() -> None:
    made = {rule["id"]: rule for rule in reported(passed(), failed(), skipped(), answers())["rules"]}
    assert made["decl.milestone-start"]["refuses"] == {"v3": "failed"}
    assert made["decl.milestone-start"]["accepts"] == {"v3": "seen"}
    assert made["void.paid"]["refuses"] == {"v3": "skipped"}
    assert made["void.paid"]["reasons"] == ["Skipped: the target has no declaration that is paid"]
    assert made["decl.milestone-end"]["refuses"] == {"v3": "untested"}


def test_rules_of_the_other_behaviour_are_left_out() -> None:
    assert {rule["id"] for rule in reported(answers(), behaviour="deployed", sandbox=True)["rules"]} == {
        id
        for id, says in rules().items()
        if says.get("x-behaviour", "deployed") == "deployed" and "v3" in says["x-versions"]
    }


def test_rules_of_the_sandbox_alone_are_asked_of_nobody_else() -> None:
    def told(*, sandbox: bool) -> set[str]:
        return {rule["id"] for rule in reported(answers(), behaviour="deployed", sandbox=sandbox)["rules"]}

    own = told(sandbox=True) - told(sandbox=False)
    assert {"body.size", "fragile.resume"} <= own
    assert all(rules()[id]["x-source"] == ["sandbox"] or rules()[id].get("x-kind") == "fragile" for id in own)


def test_a_rule_is_seen_to_refuse_only_where_it_does() -> None:
    def sorting(behaviour: Behaviour) -> Any:
        (row,) = [r for r in reported(answers(), behaviour=behaviour)["rules"] if r["id"] == "read.sort"]
        return row["refuses"]

    assert (sorting("documented"), sorting("deployed")) == ({}, {"v3": "untested"})


def test_the_coverage_counts_rules_seen() -> None:
    covered = reported(passed(), failed(), answers())["rule_coverage"]
    assert (covered["accepted"]["seen"], covered["refused"]["seen"]) == (1, 0)
    assert covered["accepted"]["of"] > covered["refused"]["of"] > 10


@pytest.mark.parametrize(
    "made",
    [
        reported(passed(), failed(), skipped(), scenario("all", version=None), answers(), comparison=COMPARISON),
        reported(),
    ],
)
def test_the_json_is_as_its_schema_says(made: dict[str, Any]) -> None:
    assert list(jsonschema_rs.Draft202012Validator(SCHEMA).iter_errors(made)) == []


def test_the_schema_takes_nothing_else() -> None:
    for name in SCHEMA["required"]:
        lacking = {key: value for key, value in reported(passed(), answers()).items() if key != name}
        assert not jsonschema_rs.Draft202012Validator(SCHEMA).is_valid(lacking)


def test_the_page_on_reports_knows_every_member() -> None:
    told = (Path(__file__).parents[2] / "docs" / "report.md").read_text()
    assert [name for name in SCHEMA["properties"] if f"`{name}`" not in told and name != "made_by"] == []


def test_the_terminal_is_told_everything_in_a_few_lines() -> None:
    said = report.as_text(reported(passed(), failed(), skipped(), answers(), comparison=COMPARISON))
    assert said.startswith("BROKEN. The contract is broken: 1 of 3 scenarios failed, over decl.milestone-start.\n")
    assert "  decl.milestone-start  v3  nothing may be early\n      expected 422 over declaration_date; rec" in said
    assert "Skipped 1 scenario, each because\n     1  the target lacks what it needs:\n           1  no decl" in said
    assert "Seen: 0 of" in said
    assert "77 requests in 42.0 seconds\n" in said
    assert "Compared with https://other.example: one difference in 6 answers" in said


def test_many_failures_do_not_fill_the_terminal() -> None:
    ids = list(rules())[:50]
    said = report.as_text(reported(*(failed(id, refuses=[id]) for id in ids), answers()))
    assert len(said.splitlines()) < 50
    assert "… and over 38 more" in said


def test_failures_over_one_thing_are_one_line() -> None:
    lines = [failed(f"number_{number}", version=version) for version in ("v1", "v3") for number in range(10)]
    said = report.as_text(reported(*lines, answers()))
    assert said.count("decl.milestone-start  v1, v3  number 0 and 9 more\n      expected 422") == 1
    assert "number 1" not in said


def test_what_is_wrong_with_any_answer_is_not_put_down_to_the_rule_of_a_scenario() -> None:
    made = reported(failed(check="check.timestamps"), answers())
    assert made["verdict"]["sentence"].endswith("over check.timestamps.")
    assert made["failures"][0]["rules"] == []
    (rule,) = [rule for rule in made["rules"] if rule["id"] == "decl.milestone-start"]
    assert rule["refuses"] == {"v3": "untested"}
    assert rule["reasons"] == ["Not judged, as check.timestamps failed before."]


def test_the_folder_holds_every_form(tmp_path: Path) -> None:
    lines = read(passed(), failed(), skipped(), answers())
    report.write(reported(*lines), lines, tmp_path / "new" / "report")
    found = {str(file.relative_to(tmp_path / "new/report")) for file in tmp_path.rglob("*") if file.is_file()}
    assert found == {
        "report.json",
        "report.html",
        "junit.xml",
        "summary.md",
        "evidence/bodies.jsonl.gz",
        "evidence/exchanges.har",
        "evidence/rules/test_milestones/nothing_may_be_early-v3.txt",
        "evidence/rules/test_milestones/the_first_moment_is_open-v3.txt",
        "evidence/rules/test_milestones/paid_ones_are_clawed_back-v3.txt",
    }


def test_evidence_of_an_earlier_run_goes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        report.clear(tmp_path)
        assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
        lines = read(passed(name), answers())
        report.write(reported(*lines), lines, tmp_path)
    assert [file.name for file in (tmp_path / "evidence").rglob("*.txt")] == ["second-v3.txt"]


def test_two_scenarios_never_share_a_file(tmp_path: Path) -> None:
    ids = ["x.py::test_a[v3-a/b]", "x.py::test_a[v3-a b]", f"x.py::test_{'long_' * 60}1", f"x.py::test_{'long_' * 60}2"]
    lines = read(*(passed(id=id) for id in ids), answers())
    report.write(reported(*lines), lines, tmp_path)
    assert len(list((tmp_path / "evidence").rglob("*.txt"))) == len(ids)


def test_whatever_was_sent_or_answered_can_be_written(tmp_path: Path) -> None:
    deep, odd = "[" * 100_000, r'{"name": "\ud800"}'
    lines = read(failed(exchanges=[exchange(odd, request_body=deep)]), answers())
    report.write(reported(failed(received="\ud800"), answers()), lines, tmp_path)
    (file,) = (tmp_path / "evidence").rglob("*.txt")
    assert deep in file.read_text()
    assert r"\ud800" in file.read_text()


def test_the_evidence_holds_what_was_said_and_when(tmp_path: Path) -> None:
    lines = read(failed(), answers())
    report.write(reported(*lines), lines, tmp_path)
    (file,) = (tmp_path / "evidence").rglob("*.txt")
    said = file.read_text()
    assert "1. 2026-05-04T09:30:01.250000Z, answered in 12 ms" in said
    assert "POST https://api.example/api/v3/participant-declarations" in said
    assert '"type": "contract-test"' in said
    assert "HTTP 200" in said
    assert "Expected  422 over declaration_date" in said


def test_junit_tells_every_scenario(tmp_path: Path) -> None:
    lines = read(passed(), failed(received="\x00<&\ud7ff\x1b"), skipped(), scenario("all", version=None), answers())
    report.write(reported(*lines), lines, tmp_path)
    suites = {suite.get("name"): suite for suite in XML.parse(tmp_path / "junit.xml").getroot()}
    assert [suites["v3"].get(name) for name in ("tests", "failures", "skipped")] == ["3", "1", "1"]
    assert suites["all versions"].get("tests") == "1"
    failure = suites["v3"].find(".//failure")
    assert failure is not None
    assert "decl.milestone-start" in str(failure.text)
    assert "<&" in str(failure.get("message"))


def test_junit_shows_a_run_without_verdict_as_an_error(tmp_path: Path) -> None:
    report.write(reported(passed()), read(passed()), tmp_path)
    assert XML.parse(tmp_path / "junit.xml").getroot().find(".//error") is not None


class Reader(HTMLParser):
    """Checks that every element is closed, and gathers ids, links, and whatever would be fetched from elsewhere."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "link", "img", "iframe"), tag
        if tag not in self.VOID:
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def reader(made: dict[str, Any]) -> Reader:
    found = Reader()
    found.feed(as_html(made))
    assert found.open == []
    return found


def test_the_page_is_whole_and_needs_nothing_from_elsewhere() -> None:
    made = reported(passed(), failed(), skipped(), answers(but="list_statements"), comparison=COMPARISON)
    found = reader(made)
    assert len(set(found.ids)) == len(found.ids)
    assert {link.removeprefix("#") for link in found.links if link.startswith("#")} <= set(found.ids)
    assert all(link.startswith(("#", "evidence/")) for link in found.links)
    assert not re.search(r"@import|url\(|https?:", as_html(made).partition("<style>")[2].partition("</style>")[0])


def test_the_page_says_what_a_manager_asks() -> None:
    text = reader(reported(passed(), failed(), skipped(), answers(but="list_statements"), comparison=COMPARISON)).text
    assert "The contract is broken: 1 of 3 scenarios failed, over decl.milestone-start." in text
    assert "422 over declaration_date" in text
    assert "curl -X POST" in text
    assert "Skipped: the target has no declaration that is paid" in text
    assert "never with success" in text
    assert "one difference in 6 answers" in text


def test_the_page_of_a_run_without_anything_is_whole() -> None:
    assert "nothing that was asked for could be tested" in reader(reported()).text


def test_what_a_target_says_is_shown_and_never_obeyed() -> None:
    evil = "<script>alert(1)</script> | `x`"
    made = reported(failed(received=evil), skipped(reason=evil), answers())
    assert evil in reader(made).text  # whose handle_starttag would have seen the script
    summary = as_markdown(made)
    assert "<script>" not in summary
    address = as_markdown(reported(failed(received="https://evil.example www.evil.example @everybody"), answers()))
    assert r"https\://evil.example www\.evil.example \@everybody" in address
    assert r"\| \`x\`" in summary


def test_the_summary_for_a_ci() -> None:
    said = as_markdown(reported(passed(), failed(), skipped(), answers(), comparison=COMPARISON))
    assert said.startswith("## ❌ The contract is broken: 1 of 3 scenarios failed, over decl.milestone-start.\n")
    assert "| 1 | 1 | 0 | 1 | 77 | 42.0 |" in said
    assert "| decl.milestone-start | v3 nothing may be early | expected 422 over declaration\\_date" in said


def test_no_secret_is_in_any_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = '{"providers": [{"token": "token-of-a-world"}], "echo": "Bearer token-echoed"}'
    leaks = f"You sent {TOKEN} and {GATEWAY_KEY}"
    lines = read(
        passed(exchanges=[exchange(leaks, request_body=leaks, headers={"x-echo": leaks}), exchange(world)]),
        failed(received=leaks, expected=leaks, curl=f"curl -H 'Authorization: Bearer {TOKEN}' -d {leaks!r}"),
        skipped(reason=leaks),
        {"kind": "stopped", "reason": leaks},
        answers(),
    )
    unmasked = [passed(), failed(received=leaks), skipped(reason=leaks), {"kind": "stopped", "reason": leaks}]
    report.write(reported(*unmasked, comparison=Comparison(leaks, leaks)), lines, tmp_path)
    print(report.as_text(reported(*unmasked)))
    everything = capsys.readouterr().out + unpacked(tmp_path)
    assert "You sent ••• and •••" in everything
    for secret in (TOKEN, GATEWAY_KEY, "token-of-a-world", "token-echoed"):
        assert secret not in everything


def unpacked(folder: Path) -> str:
    files = [file for file in folder.rglob("*") if file.is_file()]
    texts = "".join(file.read_text() for file in files if file.suffix != ".gz")
    return texts + "".join(gzip.decompress(file.read_bytes()).decode() for file in files if file.suffix == ".gz")


def test_of_what_passed_there_is_a_line_for_each_exchange_and_what_was_said_once(tmp_path: Path) -> None:
    page = json.dumps({"data": [{"id": str(number)} for number in range(2000)]})
    rule = {"x-sandbox-rule": "decl.milestone-start"}
    lines = read(
        *(passed(f"number_{n}", exchanges=[exchange(page)] * 10 + [exchange(headers=rule)]) for n in range(50)),
        answers(),
    )
    report.write(reported(*lines), lines, tmp_path)
    assert sum(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file()) < 1_000_000 < 500 * len(page)
    packed = gzip.decompress((tmp_path / "evidence/bodies.jsonl.gz").read_bytes())
    texts = [json.loads(line) for line in packed.splitlines()]
    assert [each["text"] for each in texts].count(page) == 1
    name = next(each["name"] for each in texts if each["text"] == page)
    told = (tmp_path / "evidence/rules/test_milestones/number_7-v3.txt").read_text()
    assert (
        f"   3. 09:30:01.250  POST /api/v3/participant-declarations  200  12 ms; sent {texts[0]['name']}; got {name}"
        in told
    )
    assert "200 decl.milestone-start  12 ms" in told


def test_of_what_failed_everything_is_there_and_long_answers_once(tmp_path: Path) -> None:
    page = json.dumps({"data": [{"id": str(number)} for number in range(500)]})
    lines = read(failed(exchanges=[exchange(page), exchange(page), exchange(status=422)]), answers())
    report.write(reported(*lines), lines, tmp_path)
    told = (tmp_path / "evidence/rules/test_milestones/nothing_may_be_early-v3.txt").read_text()
    assert told.count('"id": "499"') == 1
    assert "(the same as the answer of 1)" in told
    assert told.count("HTTP 422") == 1


def test_however_much_was_said_the_evidence_stays_small(tmp_path: Path) -> None:
    def long(number: int) -> Exchange:
        return exchange(json.dumps({"data": [f"{number} {other} {number * other}" for other in range(4000)]}))

    lines = read(
        *(failed(f"number_{n}", exchanges=[long(n * 20 + m) for m in range(20)]) for n in range(10)), answers()
    )
    report.write(reported(*lines), lines, tmp_path)
    assert sum(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file()) < 15_000_000
    assert "of bodies.jsonl.gz)" in (tmp_path / "evidence/rules/test_milestones/number_9-v3.txt").read_text()


def test_what_is_said_of_a_failure_is_no_whole_list(tmp_path: Path) -> None:
    lines = read(failed(received="[1, 2] " * 100_000, exchanges=[exchange(request_body="x" * 1_000_000)]), answers())
    report.write(reported(*lines), lines, tmp_path)
    assert (tmp_path / "report.json").stat().st_size < 200_000
    assert "[1, 2] [1, 2]" in reported(*lines)["failures"][0]["received"]


def archive(folder: Path, *lines: dict[str, Any]) -> Any:
    written = read(*lines, answers())
    report.write(reported(*written), written, folder)
    return json.loads((folder / "evidence" / "exchanges.har").read_text())


def test_the_archive_is_one_that_browsers_open(tmp_path: Path) -> None:
    asked = exchange(url="https://api.example/api/v3/statements?filter[cohort]=2024&page[page]=")
    made = archive(tmp_path, passed(), failed(exchanges=[asked, exchange("", status=599, request_body="")]), skipped())
    assert list(jsonschema_rs.Draft202012Validator(HAR_SCHEMA).iter_errors(made)) == []
    pages = {page["id"] for page in made["log"]["pages"]}
    assert {entry["pageref"] for entry in made["log"]["entries"]} == pages
    assert {"name": "filter[cohort]", "value": "2024"} in made["log"]["entries"][0]["request"]["queryString"]


def test_the_archive_has_what_failed_and_one_exchange_for_each_side_of_a_rule(tmp_path: Path) -> None:
    refused = exchange('{"errors": []}', status=422, headers={"x-sandbox-rule": RULE})
    made = archive(
        tmp_path,
        failed(exchanges=[exchange(), exchange(), exchange()]),
        passed("first", exchanges=[exchange(), refused, exchange("{}")], refuses=[RULE]),
        passed("second", exchanges=[exchange(), refused]),
    )
    titles = [page["title"] for page in made["log"]["pages"]]
    assert titles == ["nothing may be early [v3]: failed", "first [v3]: passed"]
    shown = [entry["response"]["status"] for entry in made["log"]["entries"]]
    assert shown == [200, 200, 200, 422, 200]
    assert made["log"]["entries"][4]["response"]["content"]["text"] == "{}"


def test_the_request_can_still_be_sent_again() -> None:
    curl = 'curl -H "Authorization: Bearer $ECF_TOKEN" https://api.example/api/v3/statements'
    assert reported(failed(curl=curl))["failures"][0]["curl"] == curl
