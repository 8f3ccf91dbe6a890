"""Which scenarios reach which line of the sandbox: only they can find out what is wrong with it."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coverage import CoverageData

from contract_tests.config import Behaviour
from tests.detection import traced
from tests.detection.host import Host
from tests.detection.mutated import ROOT, Mutated
from tests.detection.scenarios import Told, tell
from tests.server.running import serving

SHARED: Final = "contract_tests/conformance/"  # scenarios that read one world, of which much is answered from a cache
WALKS: Final = "/walks/"  # which look at everything, so they come after those about the rule
VERSIONS: Final = ("v3", "v1", "v2")  # in the order in which they tell most


@dataclass(frozen=True, slots=True)
class Reach:
    """The scenarios told in a behaviour, and by whom each line of each file is reached."""

    told: Sequence[Told]
    lines: Mapping[str, Mapping[int, Sequence[str]]]

    def of(self, mutation: Mutated) -> list[str]:
        """Who may notice a mutation, those first who are likeliest to."""
        lines = self.lines.get(mutation.file, {})
        names = {name for line in mutation.lines for name in lines.get(line, ())}
        everybody = "" in names and len(names) == 1  # at the start alone: of what holds for all
        if any(name.startswith(SHARED) for name in names):
            names |= {each.id for each in self.told if each.id.startswith(SHARED)}
        reached = [each for each in self.told if each.outcome == "passed" and (everybody or each.id in names)]
        rules = _rules_near(mutation)

        def order(each: Told) -> tuple[bool, bool, int, float]:
            walks = WALKS in each.id
            return walks or rules.isdisjoint(each.marks), not walks, VERSIONS.index(each.version or "v3"), each.seconds

        return [each.id for each in sorted(reached, key=order)]


def reach(host: Host, behaviour: Behaviour) -> Reach:
    """Tell everything once, with every line noted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        into, listener = folder / "reached", folder / "listener"
        command = ("env", f"{traced.INTO}={into}", f"{traced.ON}={listener}", sys.executable, "-W", "ignore")
        traced_command, options = (*command, "-m", "tests.detection.traced"), ("--edition", host.edition)
        with serving(folder / "data", *options, command=traced_command, patience=120) as running:
            token = token_in(running.banner)
            told = tell(host, running.url, token, behaviour, stop=False, listener=str(listener))
            running.stop()
        data = CoverageData(str(into))
        data.read()
        files = {str(Path(file).relative_to(ROOT)): file for file in data.measured_files()}
        return Reach(told, {name: data.contexts_by_lineno(file) for name, file in files.items()})


def token_in(banner: str) -> str:
    """The token of the first provider, as the sandbox says it when it starts."""
    found = re.search(r"Authorization: Bearer (\S+?)'", banner)
    assert found, banner
    return found[1]


def _rules_near(mutation: Mutated) -> set[str]:
    """The rule that the mutated function keeps, if it bears one."""
    above = (ROOT / mutation.file).read_text().splitlines()[: mutation.at[0]]
    for line in reversed(above):
        if found := re.match(r'@(?:rule|check)\("([^"]+)"', line):
            return {found[1]}
        if re.match(r"[A-Z_]+\b.*=|class ", line):
            break
    return set()
