"""What was used: operations, filters, types of declarations."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sandbox.readiness.finding import About, Finding, Samples, met
from sandbox.readiness.request import SINCE, Request, Sample, is_accepted, query_of, sample, version_of

MOST: Final = 200
TYPES: Final = (
    *("started", "retained-1", "retained-2", "retained-3", "retained-4", "completed"),
    *("extended-1", "extended-2", "extended-3"),
)


class _Used:
    """The operations of each version that were carried out, with one request of each."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], Sample] = {}

    def note(self, request: Request) -> None:
        """Look at one more request."""
        if request.operation is None or not is_accepted(request):
            return
        key = version_of(request.path) or "", request.operation
        if key not in self._seen and len(self._seen) < MOST:
            self._seen[key] = sample(request)

    def _of(self, about: About, wanted: Collection[str]) -> Finding:
        used = {id: seen for (version, id), seen in self._seen.items() if version == about.version and id in wanted}
        missing = [f"{about.operations[id]} ({id})" for id in wanted if id not in used]
        evidence = f"{len(used)} of {len(wanted)} operations were carried out in {about.version}."
        return met(not missing, evidence, missing, list(used.values()))


class Operations(_Used):
    """Every operation."""

    id = "operations"
    title = "Every operation was used"
    asked = "each operation by hand before automation"

    def finding(self, about: About) -> Finding:
        """Which operations were carried out, and which were not."""
        return self._of(about, list(about.operations))


class Processes(_Used):
    """Every operation that changes something."""

    id = "processes"
    title = "The standard processes for partnerships, participants and declarations work"
    asked = "checklist 1"

    def finding(self, about: About) -> Finding:
        """Which changes were carried out, and which were not."""
        return self._of(about, about.writes)


class Filters:
    """Lists that were asked for in part."""

    id = "filters"
    title = "Filters are used instead of pulling everything"
    asked = "focused pulls"

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._samples = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        if request.method != "GET" or not is_accepted(request) or request.records is None:
            return
        names = {name for name in query_of(request.query_string) if name.startswith("filter[")}
        useful = names - {SINCE} - set(request.ignored)
        if useful and not useful <= self._used and len(self._used) < MOST:
            self._used |= useful
            self._samples.keep(lambda: sample(request))

    def finding(self, _about: About) -> Finding:
        """Which filters were used."""
        named = ", ".join(sorted(self._used))
        evidence = f"Lists were filtered by {named}." if self._used else "No list was filtered but by updated_since."
        return met(bool(self._used), evidence, samples=self._samples.kept)


class DeclarationTypes:
    """Declarations of every type."""

    id = "declaration-types"
    title = "Every type of declaration was made, those of later milestones with X-With-Server-Date"
    asked = "every declaration type"

    def __init__(self) -> None:
        self._made: dict[str, Sample] = {}
        self._dated = False

    def note(self, request: Request) -> None:
        """Look at one more request."""
        if request.operation != "create_declaration" or not is_accepted(request):
            return
        self._dated |= request.server_date is not None
        type = request.sent.get("declaration_type")
        if type in TYPES and type not in self._made:
            self._made[type] = sample(request)

    def finding(self, about: About) -> Finding:
        """Which types were accepted, and which were not."""
        wanted = about.declaration_types or TYPES
        missing = [type for type in wanted if type not in self._made]
        dated = "with" if self._dated else "none of them with"
        evidence = f"{len(wanted) - len(missing)} of {len(wanted)} types were accepted, {dated} X-With-Server-Date."
        return met(not missing, evidence, missing, list(self._made.values()))
