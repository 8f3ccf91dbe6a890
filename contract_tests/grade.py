"""How grave a failure is, and who would meet it: `broken`, or `fragile` where no client asks like that on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from contract_tests.documents import rules
from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.oddity import misfit, oddity

Level = Literal["broken", "fragile"]

# What is found in the form of an answer, whatever it says.
OF_FORM: Final = frozenset(
    {"check.documented-status", "check.media-type", "check.error-envelope", "check.schema", "check.unknown-path"}
)
MADE_UP: Final = ("schemathesis: ", "check.document")
NEVER: Final = "never.500"


class Grade(NamedTuple):
    """How grave, and who would meet it, in a sentence."""

    level: Level
    met_by: str


def grade(error: BaseException, exchange: Exchange | None, about: Sequence[str]) -> Grade:
    """The grade of a failure: by what was asked when it came, and by the rules and checks its scenario is `about`.

    A refusal in another form than the API's own, or a server error, is fragile when the request is one that nobody
    sends on purpose; everything else is broken.
    """
    if isinstance(error, ContractBroken) and error.fragile:
        return Grade("fragile", error.fragile)
    if exchange is not None and _is_of_form(error, exchange):
        found = _odd(exchange, about, is_refusal=exchange.status < 500)
        if found:
            return Grade("fragile", f"A client that sends {found}.")
    broken = [error.check] if isinstance(error, ContractBroken) else []
    return Grade("broken", _met_by_all(exchange, [*broken, *about]))


def _is_of_form(error: BaseException, exchange: Exchange) -> bool:
    """True of a server error, and of a refusal that is dressed otherwise."""
    check = error.check if isinstance(error, ContractBroken) else ""
    return exchange.status >= 500 or (400 <= exchange.status < 500 and (check in OF_FORM or check.startswith(MADE_UP)))


def _odd(exchange: Exchange, about: Sequence[str], *, is_refusal: bool) -> str:
    """What is odd about a request. Where a scenario is about odd ones, what no document allows is odd enough.

    So it is where a read is refused: only the form of the refusal is at issue.
    """
    catalogue = rules()
    fragile = [name for name in about if catalogue.get(name, {}).get("x-kind") == "fragile"]
    tries_anything = fragile or NEVER in about or any(name.startswith(MADE_UP) for name in about)
    looks = misfit if tries_anything or (is_refusal and exchange.method == "GET") else oddity
    found = looks(exchange)
    if not found and fragile and (exchange.method != "GET" or "?" in exchange.url):
        found = f"{exchange.method} {exchange.path} like that ({catalogue[fragile[0]]['summary']})"
    return found


def _met_by_all(exchange: Exchange | None, about: Sequence[str]) -> str:
    named = [name for name in about if name in rules()]
    asked = f" that sends {exchange.method} {exchange.path}" if exchange is not None else ""
    relied = f", and relies on {named[0]}" if named else ""
    return f"Every client{asked}{relied}."
