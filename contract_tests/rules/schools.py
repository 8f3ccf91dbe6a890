"""Schools, as a sandbox lets a scenario act as them."""

from __future__ import annotations

from datetime import date
from typing import Any

from contract_tests.api import Api
from contract_tests.errors import Unavailable
from contract_tests.target.backstage import Backstage

TRN = "7654321"  # of whoever is registered twice
SEPTEMBER, A_DAY_LATER = "2024-09-04T09:00:00Z", "2024-09-05T09:00:00Z"


def partnerships(provider: Api, cohort: str = "2024") -> list[dict[str, Any]]:
    """The provider's partnerships of a cohort that stand, each with its school and delivery partner."""
    found = provider.in_version("v3").every("/partnerships/ecf", **{"filter[cohort]": cohort})
    standing = [each["attributes"] | {"id": each["id"]} for each in found]
    standing = [each for each in standing if each["status"] == "active"]
    if not standing:
        raise Unavailable(f"no active partnership of cohort {cohort}")
    return standing


def register(
    backstage: Backstage, urn: str | None = None, *, role: str = "ect", at: str = SEPTEMBER, **details: Any
) -> str:
    """The id of someone whom a school registers in September 2024, by default one of the provider's."""
    if urn is not None:
        details["urn"] = urn
    who = {"cohort": "2024", "participant_type": role} | details
    registered = backstage.act("POST", "/participants", at=at, **who)
    return str(registered["participant"]["id"])


def twins(backstage: Backstage, urn: str | None = None, **details: Any) -> tuple[str, str]:
    """The ids of two people with one TRN, who stay two: the first, at a school, was validated after the second.

    They are ECTs of cohort 2024 unless `details` say otherwise.
    """
    first = register(backstage, urn, trn=TRN, validation="none", **details)
    second = register(backstage, trn=TRN, at=A_DAY_LATER, **details)
    backstage.act("POST", f"/participants/{first}/validate", status="eligible_to_start")
    return first, second


def move(backstage: Backstage, participant_id: str, urn: str, on: date, **details: Any) -> None:
    """They leave their school the day before, and join another."""
    last_day = date.fromordinal(on.toordinal() - 1)
    backstage.act("POST", f"/participants/{participant_id}/leave", on=last_day.isoformat())
    backstage.act("POST", f"/participants/{participant_id}/join", urn=urn, on=on.isoformat(), **details)
