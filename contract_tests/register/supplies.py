"""What there is to ask about in Register, where nobody comes back on the day on which they went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.conformance.supplies import STARTED, Attributes, Supplies, Supply
from contract_tests.errors import Unavailable
from contract_tests.register.backstage import RegisterBackstage

COHORT: Final = "2025"


class RegisterSupplies(Supplies):
    """Whoever was withdrawn, deferred or resumed is followed by somebody else, where there is no end of them."""

    def deferral(self) -> Supply:
        """One after the other to defer."""
        return self._each({"reason": "other"})

    def withdrawal(self) -> Supply:
        """One after the other to withdraw."""
        return self._each({"reason": "other"})

    def resumption(self) -> Supply:
        """One after the other to resume."""
        return self._each({}, "deferred")

    def declaration(self) -> Supply:
        """Somebody to declare of, with evidence."""
        supply = super().declaration()
        return Supply(attributes={**(supply.attributes or {}), "evidence_held": "other"}, put_right=supply.put_right)

    def partnership(self) -> Supply:
        """A school without a partnership with the provider; after it the next one."""
        free = free_schools(self._api)

        def next_school(supply: Supply, _: Any) -> None:
            supply.attributes = next(free, None)

        return Supply(attributes=next(free, None), put_right=next_school)

    def update(self) -> Supply:
        """A partnership, to get each of two delivery partners in turn."""
        partners = self._api.get("/delivery-partners", **{"filter[cohort]": COHORT}).ids
        for partnership in self._api.get("/partnerships", **{"filter[cohort]": COHORT}).data:
            present = partnership["attributes"]["delivery_partner_id"]
            other = next((id for id in partners if id != present), None)
            if other is not None:
                return self._in_turn(partnership["id"], present, other)
        raise Unavailable("no partnership that another delivery partner could deliver")

    def _each(self, attributes: Attributes, status: str = "active") -> Supply:
        def someone() -> str:
            return self._backstage.anyone(cohort=COHORT, status=status, declared=STARTED).id

        def next_one(supply: Supply, _: Any) -> None:
            supply.id = someone()

        followed = isinstance(self._backstage, RegisterBackstage)
        told = {"course_identifier": "ecf-induction", **attributes}
        return Supply(id=someone(), attributes=told, put_right=next_one if followed else None)

    def _in_turn(self, id: str, present: str, other: str) -> Supply:
        def turned(supply: Supply, answer: Any) -> None:
            now = answer["data"]["attributes"]["delivery_partner_id"]
            supply.attributes = {"delivery_partner_id": present if now == other else other}

        return Supply(id=id, attributes={"delivery_partner_id": other}, put_right=turned)


def free_schools(api: Api) -> Iterator[dict[str, str]]:
    """What to send for each partnership that could be made: with schools that do not train by themselves."""
    partners = api.get("/delivery-partners", **{"filter[cohort]": COHORT}).ids
    ours = {each["attributes"]["school_id"] for each in api.every("/partnerships", **{"filter[cohort]": COHORT})}
    for school in api.every("/schools", **{"filter[cohort]": COHORT}) if partners else []:
        if school["id"] not in ours and school["attributes"]["induction_programme_choice"] != "school_led":
            yield {"cohort": COHORT, "school_id": school["id"], "delivery_partner_id": partners[0]}
