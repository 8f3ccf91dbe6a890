"""How an option of a run is written, on a command line or in the environment, and what is read there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any

from contract_tests import arguments


@dataclass(frozen=True)
class Option:
    """How a field of RunConfig is written on a command line.

    `read` makes a value of a text, `gather` the field's value of several. `variable` is the environment's name for a
    secret, which is passed on by it alone; others are called ECF_CONTRACT_… there. `pytest_flag` is how pytest is told,
    where that has another option of the name; `in_pytest` is false of what is about more than one process. `taken`:
    another plugin of pytest may have it already; `last_wins`: of several times that it is given, the command takes the
    last.
    """

    flag: str
    help: str
    _: KW_ONLY
    is_switch: bool = False
    metavar: str | None = None
    choices: tuple[str, ...] | None = None
    read: Callable[[str], Any] = str
    gather: Callable[[list[Any]], Any] | None = None
    variable: str = ""
    pytest_flag: str = ""
    in_pytest: bool = True
    taken: bool = False
    last_wins: bool = False

    @property
    def outside(self) -> str:
        """Its name in the environment."""
        return self.variable or f"ECF_CONTRACT_{self.flag.removeprefix('--').replace('-', '_').upper()}"

    def value(self, written: Any, environment: Mapping[str, str]) -> Any:
        """The value of a field, by a command line or the environment; None where neither has it. Raises ValueError."""
        outside = environment.get(self.outside, "")  # a CI sets to nothing what is not given
        try:
            if self.is_switch:
                return bool(written) or arguments.truth(outside)
            if self.gather is not None:
                said = outside.splitlines() if self.variable else outside.split()
                texts = [*said, *(written or ())] if self.variable or not written else written
                return self.gather([self._chosen(text) for text in texts]) if texts else None
            text = written if written is not None else outside or None
            return None if text is None else self._chosen(text)
        except ValueError as problem:
            raise ValueError(f"{self.flag}: {problem}") from None

    def _chosen(self, text: str) -> Any:
        """What a text means. Raises ValueError."""
        if self.choices and text not in self.choices:
            raise ValueError(f"{text!r} is none of {', '.join(self.choices)}")
        return self.read(text)
