"""No input whatever causes a server error. (Every other scenario looks out for one, too.)"""

from __future__ import annotations

from typing import Any, Final

from contract_tests.api import Api
from contract_tests.lists import lists
from contract_tests.marks import accepts
from contract_tests.target.backstage import Backstage

NONSENSE: Final = (
    "page=2",
    "page[page]=99999999999999999999999999",
    "page[per_page][]=1",
    "filter[updated_since][]=2024-11-15T09:00:00Z",
    "filter[cohort][]=2024",
    "filter[cohort]=%00",
    "filter[[]]=]",
    "sort=-,,-%00",
    "sort[]=id",
    "%ff=%fe",
)
SCALARS: Final[tuple[Any, ...]] = (None, True, 1.5, 10**400, "\x00", "\U0001f600" * 100, [], {}, [{"a": []}])


@accepts("never.500")
def test_no_query_is_too_odd(api: Api, version: str) -> None:
    for path, _ in lists(version):
        for query in NONSENSE:
            api.send("GET", f"{path}?{query}")  # which looks at whether it is a proper answer


@accepts("never.500")
def test_no_body_is_too_odd(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"/participants/ecf/{someone.id}"
    with api.nothing_changes(someone.id):
        for value in SCALARS:
            names = ("reason", "course_identifier", "schedule_identifier", "cohort", "declaration_type")
            body = {"data": {"type": value, "attributes": dict.fromkeys(names, value) | {"participant_id": someone.id}}}
            for change in ("defer", "resume", "withdraw", "change-schedule"):
                api.send("PUT", f"{path}/{change}", json=body)
            api.send("POST", "/participant-declarations", json=body)
            api.send("POST", "/participant-declarations", json={"data": value})
