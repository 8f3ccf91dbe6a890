"""A cohort that the DfE opens: its calendar and its statements are those of the last, as many years later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.calendar import milestones
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, only, refuses
from contract_tests.rules.partnership_offers import schools
from contract_tests.target.backstage import STANDARD, Backstage

LAST: Final = "2025"
OPENED: Final = "2027"
YEARS: Final = int(OPENED) - int(LAST)
LATER: Final = "2029-01-01T09:00:00Z"


@only("v3")
@accepts("vis.statement")
def test_its_statements_are_the_last_ones_as_many_years_later(api: Api, stage: Backstage) -> None:
    paid = api.get("/statements", **{"filter[cohort]": LAST}).ids[0]
    stage.act("POST", f"/statements/{paid}/pay")
    drawn_up = [stage.act("POST", f"/cohorts/{cohort}/open")["cohort"] for cohort in (LAST, OPENED)]
    for name in ("registration_opens", "academic_year_starts"):
        once, now = (date.fromisoformat(each[name]) for each in drawn_up)
        require_equal(once.replace(year=once.year + YEARS), now, check="check.control")
    listed = [api.every("/statements", **{"filter[cohort]": cohort}) for cohort in (LAST, OPENED)]
    last, opened = ([*some, *_of_fees(api, stage, cohort)] for some, cohort in zip(listed, (LAST, OPENED), strict=True))
    require_equal(len(last), len(opened))
    for before, after in zip(last, opened, strict=True):
        require_equal(_months(before, YEARS), _months(after))
    require_equal({False}, {each["attributes"]["paid"] for each in opened})
    require_equal(set(), {each["id"] for each in last} & {each["id"] for each in opened})
    made = f"{stage.now:%Y-%m-%dT%H:%M:%SZ}"
    for name in ("created_at", "updated_at"):
        require_equal({made}, {each["attributes"][name] for each in opened})


@only("v3")
@refuses("decl.milestone-start")
@accepts("decl.milestone-start", "part.effect")
def test_whoever_is_registered_there_starts_on_the_last_ones_first_day_as_many_years_later(
    api: Api, stage: Backstage
) -> None:
    stage.act("POST", f"/cohorts/{LAST}/close")
    stage.act("POST", f"/cohorts/{OPENED}/open")
    related = stage.act("POST", "/relationships", delivery_partner_name="Ferry Lane Learning", cohort=OPENED)
    school = schools(api, OPENED)[0]["id"]
    api.confirm_partnership(school, related["relationship"]["delivery_partner"]["id"], OPENED).is_accepted()
    registered = {"school_id": school, "validation": "eligible_to_start"}
    someone = stage.act("POST", "/participants", at=f"{OPENED}-09-04T09:00:00Z", **registered)["participant"]["id"]
    api.shows_training(someone, cohort=OPENED, schedule_identifier=STANDARD)
    opens = milestones(STANDARD, LAST)["started"].opens
    opens = opens.replace(year=opens.year + YEARS)
    later = api.at(LATER)
    later.declare(someone, "started", opens - timedelta(seconds=1)).is_refused(422, "declaration_date")
    later.declare(someone, "started", opens, evidence_held="other").is_accepted()


def _of_fees(api: Api, stage: Backstage, cohort: str) -> list[Any]:
    """The provider's statements that pay fees, which no list has and anybody finds who knows their id."""
    paying = stage.act("GET", f"/statements?provider={stage.name_of(0)}&cohort={cohort}&output=false")["statements"]
    return [api.get(f"/statements/{each['id']}").data for each in paying]


def _months(statement: Any, years: int = 0) -> tuple[Any, ...]:
    """What is shown of a statement but for whose it is, so many years later."""
    shown = statement["attributes"]
    days = (_later(shown[name], years) for name in ("cut_off_date", "payment_date"))
    return shown["month"], int(shown["year"]) + years, shown["type"], *days


def _later(day: str, years: int) -> date:
    """The same day so many years later; of the last day of February, the last one."""
    before = date.fromisoformat(day)
    if (before + timedelta(days=1)).day == 1:  # the last of a month
        first = (before + timedelta(days=1)).replace(year=(before + timedelta(days=1)).year + years)
        return first - timedelta(days=1)
    return before.replace(year=before.year + years)
