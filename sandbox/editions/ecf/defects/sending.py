"""Requests that do not get where they should, and some that are let pass which make the service fall over."""

from __future__ import annotations

from typing import Final

from sandbox.edition import Defect
from sandbox.editions.ecf.rules import fragile
from sandbox.rules.access import token_in
from sandbox.rules.http import JSON, as_asked
from sandbox.rules.parts import altered, becoming, leaving_out, never

SENDING: Final = (
    Defect(
        name="methods-answered-not-found",
        about="Answers 404, not 405, to a method that a path does not have.",
        breaks="method.unknown",
        behaviour="documented",
        rules=altered("http.unknown_method", becoming("path.unknown")),
    ),
    Defect(
        name="methods-answered-not-allowed",
        about="Answers 405 to a method that a path does not have, where the deployed service has no such path.",
        breaks="path.unknown",
        behaviour="deployed",
        rules=altered("http.unknown_method", becoming("method.unknown")),
    ),
    Defect(
        name="paths-by-the-letter",
        about="Knows no path with an extension or several slashes, which the deployed service does.",
        breaks="path.unknown",
        behaviour="deployed",
        rules=altered("http.routed", becoming(as_asked)),
    ),
    Defect(
        name="private-paths-unknown",
        about="Answers 404, not 403, to a lead provider that asks for what is there for others.",
        breaks="auth.private-api",
        behaviour="deployed",
        rules=altered("http.is_private", never),
    ),
    Defect(
        name="bearers-only",
        about="Knows a token only as the bearer's, not by its name.",
        breaks="auth.token-required",
        behaviour="deployed",
        rules=altered("http.token_in", becoming(token_in)),
    ),
    Defect(
        name="third-name-of-json-unknown",
        about="Takes a body of the type text/x-json for none.",
        breaks="body.json",
        behaviour="deployed",
        rules=altered("http.json_types", becoming(JSON)),
    ),
    Defect(
        name="list-of-attributes-ignored",
        about="Ignores attributes that are a list, over which the deployed service falls.",
        breaks="fragile.attributes",
        behaviour="deployed",
        rules=leaving_out("sending", fragile.attributes_are_a_list),
    ),
    Defect(
        name="deferral-resumes",
        about="Takes the body of a deferral for a return, over which the deployed service falls.",
        breaks="fragile.resume",
        behaviour="deployed",
        rules=leaving_out("resuming", fragile.resumes_with_something_else),
    ),
    Defect(
        name="no-cohort-judged",
        about="Judges a partnership in no cohort by its other attributes, where the deployed service falls over.",
        breaks="fragile.partnership-cohort",
        behaviour="deployed",
        rules=leaving_out("confirming", fragile.confirms_in_no_cohort),
    ),
)
