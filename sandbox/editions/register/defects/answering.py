"""Answers in another form than the service's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import orjson

from sandbox.edition import Catalogue, Defect, Refusal
from sandbox.rules.parts import altered
from sandbox.rules.rule import Breach

Encoded = Callable[[Any], bytes]
Refuse = Callable[[Catalogue, Sequence[Breach]], Refusal]

_TIME: Final = re.compile(rb"(T\d\d:\d\d:\d\d)Z")


def _with_fractions(encoded: Encoded) -> Encoded:
    return lambda content: _TIME.sub(rb"\1.000Z", encoded(content))


def _only_the_first(refusal: Refuse) -> Refuse:
    return lambda catalogue, breaches: refusal(catalogue, breaches[:1])


def _backwards(refusal: Refuse) -> Refuse:
    return lambda catalogue, breaches: refusal(catalogue, breaches[::-1])


def _in_a_word(refusal: Refuse) -> Refuse:
    """What is not found is told as ECF tells it."""

    def told(catalogue: Catalogue, breaches: Sequence[Breach]) -> Refusal:
        answer = refusal(catalogue, breaches)
        return answer._replace(body=orjson.dumps({"error": "Resource not Found"})) if answer.status == 404 else answer

    return told


ANSWERING: Final = (
    Defect(
        name="fractions-of-seconds",
        about="Writes times with fractions of a second.",
        breaks="answer.times",
        presentation=altered("encoded", _with_fractions),
    ),
    Defect(
        name="one-fault-told",
        about="Tells of the first fault only.",
        breaks="sched.not-left",
        presentation=altered("refusal", _only_the_first),
    ),
    Defect(
        name="faults-told-backwards",
        about="Tells of several faults in the opposite order.",
        breaks="decl.placed-with-provider",
        presentation=altered("refusal", _backwards),
    ),
    Defect(
        name="not-found-as-in-ecf",
        about="Answers 404 with a single word, as ECF does.",
        breaks="path.unknown",
        presentation=altered("refusal", _in_a_word),
    ),
)
