"""Answers in another form than the service's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import orjson

from sandbox.edition import Catalogue, Defect, Refusal
from sandbox.rules.parts import altered, becoming
from sandbox.rules.rule import Breach

Encoded = Callable[[Any], bytes]
Refuse = Callable[[Catalogue, Sequence[Breach]], Refusal]

_TIME: Final = re.compile(rb"(T\d\d:\d\d:\d\d)Z")


def _with_fractions(encoded: Encoded) -> Encoded:
    return lambda content: _TIME.sub(rb"\1.000Z", encoded(content))


def _titled_base(refusal: Refuse) -> Refuse:
    def titled(catalogue: Catalogue, breaches: Sequence[Breach]) -> Refusal:
        answer = refusal(catalogue, breaches)
        if answer.status != 422:
            return answer
        errors = [error | {"title": "base"} for error in orjson.loads(answer.body)["errors"]]
        return answer._replace(body=orjson.dumps({"errors": errors}))

    return titled


def _not_found_as_errors(refusal: Refuse) -> Refuse:
    def not_found(catalogue: Catalogue, breaches: Sequence[Breach]) -> Refusal:
        answer = refusal(catalogue, breaches)
        if answer.status != 404:
            return answer
        return answer._replace(body=b'{"errors":[{"title":"Not found","detail":"There is no such record."}]}')

    return not_found


ANSWERING: Final = (
    Defect(
        name="times-with-fractions",
        about="Writes times with fractions of a second.",
        breaks="answer.times",
        presentation=altered("encoded", _with_fractions),
    ),
    Defect(
        name="refusals-all-titled-base",
        about="Titles every entry of a 422 `base`, not after what is at fault.",
        breaks="answer.titles",
        presentation=altered("refusal", _titled_base),
    ),
    Defect(
        name="not-found-in-another-form",
        about="Answers 404 with a list of errors.",
        breaks="path.unknown",
        presentation=altered("refusal", _not_found_as_errors),
    ),
    Defect(
        name="csv-refused-as-json",
        about="Answers who asks for CSV and is refused with the media type of JSON, unlike the deployed service.",
        breaks="read.csv",
        behaviour="deployed",
        presentation=altered("refused_csv", becoming(lambda refusal: refusal)),
    ),
)
