"""No input whatever causes a server error. (Every other scenario looks out for one, too.)"""

from __future__ import annotations

from typing import Any, Final

from contract_tests.api import Api
from contract_tests.lists import NOBODY, lists
from contract_tests.marks import accepts
from contract_tests.register.asking import DECLARATIONS, PARTICIPANTS, PARTNERSHIPS
from contract_tests.target.backstage import Backstage

NONSENSE: Final = (
    "filter[cohort][]=2024",
    "filter[cohort][x]=2024",
    "filter[cohort]=%00",
    "filter[cohort]=%C2%B2",
    "filter[participant_id]=%00",
    "filter[updated_since]=%00",
    "filter[updated_since]=9999-12-31T23:59:59-14:00",
    "filter[updated_since]=0001-01-01T00:00:00",
    "filter[updated_since]=2026-00-00T00:00:00Z",
    "filter[[]]=]",
    "sort=-,,-%00",
    "sort[]=id",
)
ATTRIBUTES: Final = (
    *("reason", "course_identifier", "schedule_identifier", "cohort", "declaration_type", "declaration_date"),
    *("evidence_held", "school_id", "delivery_partner_id"),
)
SCALARS: Final[tuple[Any, ...]] = (None, 1.5, 10**400, "\x00", "²", "\U0001f600" * 100, [], {}, [{"a": []}])


@accepts("never.500")
def test_no_query_is_too_odd(api: Api) -> None:
    for path, _ in lists(api.version):
        for query in NONSENSE:
            api.send("GET", f"{path}?{query}")  # which looks at whether it is a proper answer


@accepts("never.500")
def test_no_body_is_too_odd(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2025").id
    with api.nothing_changes(someone):
        for value in SCALARS:
            attributes = dict.fromkeys(ATTRIBUTES, value) | {"participant_id": someone}
            body = {"data": {"type": value, "attributes": attributes}}
            for change in ("defer", "resume", "withdraw", "change-schedule"):
                api.send("PUT", f"{PARTICIPANTS}/{someone}/{change}", json=body)
            api.send("PUT", f"{PARTNERSHIPS}/{NOBODY}", json=body)
            for path in (DECLARATIONS, PARTNERSHIPS):
                api.send("POST", path, json=body)
                api.send("POST", path, json={"data": {"attributes": attributes | {"declaration_date": "9999-12-31"}}})
