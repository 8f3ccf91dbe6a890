"""The report as JUnit XML, which every CI can show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.etree import ElementTree as XML

_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Report = Mapping[str, Any]


def junit(report: Report) -> bytes:
    """One suite for each version; a run that came to no verdict is an error in one more.

    What is only fragile is told as skipped, unless the run is strict: no CI fails for it.
    """
    suites = XML.Element("testsuites", name="ecf-contract", time=str(report["run"]["seconds"]))
    strict = report["run"]["strict"]
    failures = {
        each["scenario"]: {**each, "breaks": strict or each["grade"] == "broken"} for each in report["failures"]
    }
    for version in report["target"]["versions"]:
        found = [each for each in report["scenarios"] if each["version"] == version]
        _suite(suites, version, found, failures)
    _suite(suites, "all versions", [each for each in report["scenarios"] if each["version"] is None], failures)
    if report["verdict"]["result"] == "incomplete":
        suite = XML.SubElement(suites, "testsuite", name="the run", tests="1", failures="0", errors="1", skipped="0")
        case = XML.SubElement(suite, "testcase", classname="ecf-contract", name="the run came to a verdict")
        XML.SubElement(case, "error", message=_text(report["verdict"]["sentence"]))
    return bytes(XML.tostring(suites, encoding="utf-8", xml_declaration=True))


def _suite(suites: XML.Element, name: str, scenarios: list[Any], failures: Mapping[str, Any]) -> None:
    if not scenarios:
        return
    breaks = [each for each in scenarios if each["outcome"] == "failed" and failures[each["id"]]["breaks"]]
    passed = [each for each in scenarios if each["outcome"] == "passed"]
    suite = XML.SubElement(
        suites,
        "testsuite",
        name=name,
        tests=str(len(scenarios)),
        failures=str(len(breaks)),
        errors="0",
        skipped=str(len(scenarios) - len(breaks) - len(passed)),
        time=f"{sum(each['seconds'] for each in scenarios):.3f}",
    )
    for each in scenarios:
        classname = each["evidence"].rpartition("/")[0].replace("/", ".")
        case = XML.SubElement(
            suite, "testcase", classname=classname, name=_text(f"{each['title']} [{name}]"), time=str(each["seconds"])
        )
        if each["outcome"] == "skipped":
            XML.SubElement(case, "skipped", message=_text(each["reason"]))
        if each["outcome"] == "failed":
            _failure(case, failures[each["id"]])


def _failure(case: XML.Element, failure: Mapping[str, Any]) -> None:
    message = f"expected {failure['expected']}; received {failure['received']}"
    if failure["breaks"]:
        told = XML.SubElement(case, "failure", type=_text(failure["check"]), message=_text(message))
    else:
        told = XML.SubElement(case, "skipped", type="fragile", message=_text(f"fragile: {message}"))
    told.text = _text(f"rules: {', '.join(failure['rules']) or 'none'}\nmet by: {failure['met_by']}\n{failure['curl']}")


def _text(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("�", text)
