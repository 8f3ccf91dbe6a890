"""Answers in another form than the service's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import orjson

from sandbox.defects.defect import Defect
from sandbox.edge import endpoint
from sandbox.edge.answer import Answer
from sandbox.edge.catalogue import Catalogue

Encoded = Callable[[Any], bytes]
Refusal = Callable[..., Answer]

_TIME: Final = re.compile(rb"(T\d\d:\d\d:\d\d)Z")


def _with_fractions(encoded: Encoded) -> Encoded:
    return lambda content: _TIME.sub(rb"\1.000Z", encoded(content))


def _titled_base(refusal: Refusal) -> Refusal:
    def titled(*of: Any) -> Answer:
        answer = refusal(*of)
        if answer.status != 422:
            return answer
        errors = [error | {"title": "base"} for error in orjson.loads(answer.body)["errors"]]
        return answer._replace(body=orjson.dumps({"errors": errors}))

    return titled


def _not_found_as_errors(refusal: Refusal) -> Refusal:
    def not_found(*of: Any) -> Answer:
        answer = refusal(*of)
        if answer.status != 404:
            return answer
        return answer._replace(body=b'{"errors":[{"title":"Not found","detail":"There is no such record."}]}')

    return not_found


ANSWERING: Final = (
    Defect(
        "times-with-fractions",
        "Writes times with fractions of a second.",
        "answer.times",
        ((endpoint, "encoded", _with_fractions),),
    ),
    Defect(
        "refusals-all-titled-base",
        "Titles every entry of a 422 `base`, not after what is at fault.",
        "answer.titles",
        ((Catalogue, "refusal", _titled_base),),
    ),
    Defect(
        "not-found-in-another-form",
        "Answers 404 with a list of errors.",
        "path.unknown",
        ((Catalogue, "refusal", _not_found_as_errors),),
    ),
)
