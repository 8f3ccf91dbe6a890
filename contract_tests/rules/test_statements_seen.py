"""Which statements a provider is shown, and in what order."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require
from contract_tests.marks import accepts
from contract_tests.target.backstage import Backstage

STATEMENTS = "/statements"


@accepts("vis.statement")
def test_those_that_are_paid_first_come_first(api: Api) -> None:
    days = [each["attributes"]["payment_date"] for each in api.every(STATEMENTS)]
    require(days == sorted(days), "vis.statement", "statements by payment_date", days)


@accepts("vis.statement")
def test_each_statement_is_shown_alone_as_in_the_list(api: Api) -> None:
    for listed in api.every(STATEMENTS)[:20]:
        alone = api.get(f"{STATEMENTS}/{listed['id']}")
        require(alone.data == listed, "vis.statement", f"{listed}, as the list has it", alone.data, alone.exchange)


@accepts("vis.statement")
def test_no_provider_sees_anothers(api: Api, rival: Api) -> None:
    own, theirs = ({each["id"] for each in provider.every(STATEMENTS)} for provider in (api, rival))
    require(bool(own) and not own & theirs, "vis.statement", "statements of its own for each provider", own & theirs)
    rival.get(f"{STATEMENTS}/{min(own)}").is_refused(404)


@accepts("vis.statement")
def test_one_that_pays_fees_is_found_by_its_id_and_listed_nowhere(api: Api, backstage: Backstage) -> None:
    listed = {each["id"] for each in api.every(STATEMENTS)}
    everyones = backstage.act("GET", "/statements?cohort=2024")["statements"]
    whose = {each["provider"]["id"] for each in everyones if each["id"] in listed}
    own = [each for each in everyones if each["provider"]["id"] in whose]
    require(len(whose) == 1, "vis.statement", "statements of one provider in its list", whose)
    for each in own:
        require(
            (each["id"] in listed) == each["output"], "vis.statement", "output statements, all and only, listed", each
        )
    fees = next(each for each in own if not each["output"])
    api.get(f"{STATEMENTS}/{fees['id']}").shows(cohort="2024", payment_date=fees["payment_date"], paid=False)
