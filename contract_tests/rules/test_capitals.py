"""An id in capitals is that id, wherever it is written: in a path, in a filter, in a body."""

from __future__ import annotations

from typing import Any

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, PARTICIPANTS, Query, alike, reads, undisturbed
from contract_tests.marks import accepts, only
from contract_tests.rules.partnership_offers import PARTNERSHIPS, free
from contract_tests.target.backstage import Backstage

DATED = "2024-10-14T09:00:00Z"


@accepts("path.unknown")
def test_whatever_is_read_by_its_id_is_read_by_its_id_in_capitals(api: Api) -> None:
    for path, needed in reads(api.version):
        for record in api.get(path.replace("/{id}", ""), **needed).data[:1] if "{id}" in path else ():
            _is_read_in_capitals(api, path, record["id"], needed)


@only("v3")
@accepts("read.participant-id")
def test_so_is_what_is_filtered_by_an_id(api: Api) -> None:
    for path, name in (
        (DECLARATIONS, "participant_id"),
        (DECLARATIONS, "delivery_partner_id"),
        (PARTNERSHIPS, "delivery_partner_id"),
    ):
        field = f"filter[{name}]"
        for id in [each["attributes"][name] for each in api.get(path).data if each["attributes"][name]][:1]:
            alike(api, path, {field: id}, {field: id.upper()})


@accepts("path.unknown", "decl.participant-known", "id-change", "read.from-participant-id")
def test_so_is_what_is_done_by_an_id_retired_or_not(api: Api, backstage: Backstage) -> None:
    old, new = backstage.person("ect").id, backstage.person("mentor").id
    backstage.act("POST", f"/participants/{old}/merge", into=new)
    require_equal(new, api.defer(old.upper()).id)
    require_equal(new, api.resume(new.upper()).id)
    require_equal(new, api.change_schedule(old.upper(), "ecf-extended-september").id)
    made = api.declare(old.upper(), "started", DATED).is_accepted().shows(participant_id=new)
    api.void(made.id.upper()).is_accepted()
    if api.version == "v3":
        require_equal([new], api.get(PARTICIPANTS, **{"filter[from_participant_id]": old.upper()}).ids)


@accepts("part.school-known", "part.delivery-partner-known", "part.update-known")
def test_so_are_those_of_a_partnership(api: Api) -> None:
    offer = free(api)
    made = api.confirm_partnership(offer.school_id.upper(), offer.delivery_partner_id.upper(), offer.cohort)
    made.is_accepted().shows(**offer._asdict())
    again = api.change_delivery_partner(made.id.upper(), offer.delivery_partner_id.upper())
    again.is_accepted().shows(**offer._asdict())


def _is_read_in_capitals(api: Api, path: str, id: str, needed: Query) -> None:
    def holds(seen: Any) -> None:
        require_equal(seen, api.get(path.format(id=id.upper()), **needed).data)

    undisturbed(lambda: api.get(path.format(id=id), **needed).data, holds)
