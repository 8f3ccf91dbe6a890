"""An edition: one service that is stood in for, with everything that is its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from sandbox.model import Behaviour
from sandbox.rules.book import Book
from sandbox.rules.rule import Breach

Catalogue = Mapping[str, Mapping[str, Any]]
"""Every rule by its id, as an OpenAPI Example Object."""

Document = dict[str, Any]
Handler = Callable[[Any], Any]


class Refusal(NamedTuple):
    """What a request is answered that breaks rules."""

    status: int
    media_type: bytes
    body: bytes


class Presentation(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """How answers look. An edition whose records are shown by views puts these in a presentation of its own.

    `refused_csv` is what becomes of a refusal where a list in CSV was asked for.
    """

    encoded: Callable[[Any], bytes]
    refusal: Callable[[Catalogue, Sequence[Breach]], Refusal]
    refused_csv: Callable[[Refusal], Refusal] = lambda refusal: refusal


class Defect(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A wrong behaviour to switch on, so that tests can be tested: a rule book or a presentation with a part replaced.

    `breaks` is the id of a rule, or a check of answers that no rule speaks of: `answer.times`, `answer.titles`.
    `behaviour` is the one in which it shows; nothing where it shows in whichever a world has.
    """

    name: str
    about: str
    breaks: str
    rules: Callable[[Any], Any] = lambda right: right
    presentation: Callable[[Any], Any] = lambda right: right
    behaviour: Behaviour | None = None


class Remark(NamedTuple):
    """Of one thing, why it was not carried over from one edition to another, or not as it was."""

    kind: str
    id: str
    reason: str


class CarriedOver(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be told of a world that was carried over: what was left out, and what is otherwise now."""

    left_out: Sequence[Remark]
    altered: Sequence[Remark]


class OwnRecords(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What becomes of the records of an edition that are not ECF's.

    `begin` puts what a scenario begins with into a unit of work: it is given that, the scenario's name, the rule book
    and the moment at which the clock starts. `settle` lets happen what has fallen due: it is given a unit of work, the
    moment, and the time after which comings and goings are told of. `indexes` keeps lists of a store ready. `acts` are
    the operations of the control API by which schools and the DfE act, each with what carries it out. `carry_over` puts
    in what a world with ECF's records comes to here: it is given that world's records, a unit of work, the rule book
    and the moment.
    """

    begin: Callable[[Any, str, Any, datetime], None]
    settle: Callable[[Any, Any, datetime | None], Sequence[Any]]
    indexes: Callable[[Any], Any]
    acts: Mapping[str, Handler]
    carry_over: Callable[[Any, Any, Any, datetime], CarriedOver] | None = None


class Edition(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One service. `documents` and `handlers` go by version, `rules` and `presentation` by behaviour.

    Documents and catalogue are read when they are first asked for. `scenario` is what a server begins with, and
    `empty_scenario` what a world does of which only the edition is said. `tokens` are well known, by the name of their
    provider: a server that has this edition beside its main one has a world with them. An edition with records of its
    own says in `own` how they come about; without, it has ECF's.
    """

    name: str
    versions: tuple[str, ...]
    documents: Callable[[], Mapping[str, Document]]
    catalogue: Callable[[], Catalogue]
    rules: Mapping[Behaviour, Book]
    presentation: Mapping[Behaviour, Presentation]
    handlers: Mapping[str, Mapping[str, Handler]]
    defects: Mapping[str, Defect]
    scenario: str = "main"
    empty_scenario: str = "main"
    tokens: Callable[[], Mapping[str, str]] | None = None
    own: OwnRecords | None = None

    def handler(self, version: str, operation_id: str) -> Handler:
        """What answers an operation. Raises LookupError, so that a server without it does not start."""
        try:
            return self.handlers[version][operation_id]
        except KeyError:
            raise LookupError(
                f"{self.name} {version} has no handler of {operation_id}, which openapi/{self.name}/{version}.yaml "
                "promises: write one, or take the operation out of the document."
            ) from None
