"""Names as people have them, with quotes, commas, accents and line breaks: shown as they were given."""

from __future__ import annotations

import csv
import io
from typing import Final

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import PARTICIPANTS
from contract_tests.marks import accepts, only
from contract_tests.rules.schools import register
from contract_tests.target.backstage import Backstage

NAMES: Final = (
    'Niamh "Neve" O\'Neill-Ó Súilleabháin, BA (Hons)',
    "María del Carmen Fernández de la Reguera y Menéndez-Pidal de Navascués",
    "Zoë Łukasiewicz\nof Ynys Môn",
    "Björn; Čapek\t& Sons <i>",
    "=1+1,",
    "李小龙 🎓",
    " Siân",
    "Siân ",
)


@accepts("read.csv", "vis.participant")
def test_every_name_is_shown_as_it_was_given_in_json_and_in_csv(api: Api, stage: Backstage) -> None:
    named = {register(stage, full_name=name): name for name in NAMES}
    listed = {each["id"]: each["attributes"]["full_name"] for each in api.every(PARTICIPANTS)}
    require_equal(named, {id: listed[id] for id in named})
    require_equal(named, {id: api.get(f"{PARTICIPANTS}/{id}").attributes["full_name"] for id in named})
    if api.version != "v3":
        content = api.get(f"{PARTICIPANTS}.csv").exchange.content.decode("utf-8")
        rows = csv.DictReader(io.StringIO(content, newline=""))
        require_equal(named, {row["id"]: row["full_name"] for row in rows if row["id"] in named}, check="check.csv")
        for name in NAMES[-2:]:  # within quotes, as a space at an end is not kept by every reader without
            require_equal(True, f',"{name}",' in content, check="check.csv")
    for id in named:
        stage.act("PATCH", f"/participants/{id}", full_name=NAMES[0])
        require_equal(NAMES[0], api.get(f"{PARTICIPANTS}/{id}").attributes["full_name"])


@only("v3")
@accepts("vis.unfunded-mentor", "vis.delivery-partner", "part.effect")
def test_so_are_those_of_mentors_and_delivery_partners(api: Api, stage: Backstage) -> None:
    address = "o'neill+zoe@example.com"
    mentor = register(stage, role="mentor", provider=stage.name_of(1), full_name=NAMES[0], email=address)
    register(stage, mentor_id=mentor)
    api.get(f"/unfunded-mentors/ecf/{mentor}").shows(full_name=NAMES[0], email=address)
    made = stage.act("POST", "/relationships", delivery_partner_name=NAMES[1], cohort="2024")["relationship"]
    id = made["delivery_partner"]["id"]
    api.get(f"/delivery-partners/{id}").shows(name=NAMES[1], cohort=["2024"])
    (standing, *_) = api.every("/partnerships/ecf", **{"filter[cohort]": "2024"})
    api.change_delivery_partner(standing["id"], id).shows(delivery_partner_id=id, delivery_partner_name=NAMES[1])
