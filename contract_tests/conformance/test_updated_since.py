"""`filter[updated_since]` goes by the `updated_at` that is shown: what changed then is found, what did earlier not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.conformance.endpoints import DECLARATIONS, ListEndpoint, endpoints, shown
from contract_tests.errors import ContractBroken, Disturbed, Unavailable
from contract_tests.marks import checks
from contract_tests.target.backstage import Backstage

SECOND: Final = timedelta(seconds=1)

# Where the service goes by something else than what it shows: whether a record is found, or not found, is open there.
VAGUE: Final = {
    "/participants/ecf": (True,),
    "/participants/ecf/transfers": (True, False),
    "/schools/ecf": (False,),
    "/participants/transfers": (True, False),
}


@checks("check.updated-since")
def test_a_record_is_found_since_its_own_update_and_not_later(seen: Api, scene: Backstage) -> None:
    tried = False
    for known in endpoints(seen.version):
        whole = seen.every(known.path, **known.query) if known.since else []
        for record in _some(whole):
            tried = True
            _is_found_when_it_should(seen, known, record, scene.behaviour)
    if not tried:
        raise Unavailable("no records at all")


def _some(records: list[Any]) -> list[Any]:
    """The one that changed first, the one that changed last, and one between."""
    ordered = sorted(records, key=lambda record: str(shown(record, "updated_at")))
    return [ordered[place] for place in sorted({0, len(ordered) // 2, len(ordered) - 1})] if ordered else []


def _is_found_when_it_should(seen: Api, known: ListEndpoint, record: Any, behaviour: str) -> None:
    updated_at = datetime.fromisoformat(shown(record, "updated_at"))
    exclusive = known.path == DECLARATIONS and seen.version != "v3"
    # A clock may go on within the second that is shown: then a record may be later than that second's beginning.
    open_at = {updated_at} if exclusive and seen.elsewhere else set()
    unknown = VAGUE.get(known.path, ()) if behaviour == "deployed" else ()
    for since, found in ((updated_at - SECOND, True), (updated_at, not exclusive), (updated_at + SECOND, False)):
        if found in unknown or since in open_at:
            continue
        asked = f"{since:%Y-%m-%dT%H:%M:%SZ}"
        if (record in seen.every(known.path, **known.query, **{"filter[updated_since]": asked})) is found:
            continue
        if record not in seen.every(known.path, **known.query):
            raise Disturbed(known)
        which = f"{record['id']}, updated at {shown(record, 'updated_at')},"
        place = f"in {known} since {asked}"
        expected, received = (f"{which} {place}", "it is not") if found else (f"{which} not {place}", "it is")
        raise ContractBroken("check.updated-since", expected, received)
