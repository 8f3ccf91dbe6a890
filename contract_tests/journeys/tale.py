"""A story that is played as one provider sees it, in one version; schools, the DfE and time play their parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from contract_tests.api import Api, Reply
from contract_tests.errors import ContractBroken, require
from contract_tests.rules.partnership_offers import free
from contract_tests.target.backstage import Backstage

COHORT: Final = "2024"
DECLARATIONS: Final = "/participant-declarations"
EVIDENCE: Final = "training-event-attended"

# When she reaches each milestone.
STARTED: Final = "2024-12-02"
RETAINED: Final = {
    "retained-1": "2025-02-03",
    "retained-2": "2025-05-12",
    "retained-3": "2025-10-06",
    "retained-4": "2026-02-02",
}
COMPLETED: Final = "2026-05-18"


@dataclass
class Tale:
    """An ECT's training. `id` is hers once she is registered."""

    api: Api
    backstage: Backstage
    id: str = ""

    @property
    def path(self) -> str:
        """Where a provider finds her."""
        return f"/participants/ecf/{self.id}"

    def is_partnered(self) -> dict[str, str]:
        """Where she is to be registered: in v3 the provider confirms a partnership first."""
        if self.api.version != "v3":
            return {}
        offer = free(self.api, COHORT)
        self.api.confirm_partnership(*offer).is_accepted().shows(status="active", cohort=COHORT)
        return {"school_id": offer.school_id}

    def is_registered(self, **where: str) -> None:
        """Her school registers her; the DfE has not validated her details yet."""
        asked = {"cohort": COHORT, "full_name": "Rosa Marlow", "validation": "none", **where}
        self.id = self.backstage.act("POST", "/participants", **asked)["participant"]["id"]

    def is_validated(self) -> None:
        """The DfE finds out that she is eligible."""
        self.backstage.act("POST", f"/participants/{self.id}/validate")

    def is_trained_until(self, day: str) -> None:
        """Time passes, until the morning of a day."""
        self.backstage.act("POST", "/time/advance", to=f"{day}T09:00:00Z")

    def declares(self, declaration_type: str, on: str, by: Api | None = None) -> Reply:
        """A provider, the story's own unless said, declares that she reached a milestone on a day."""
        evidence = None if declaration_type == "started" else EVIDENCE
        return (by or self.api).declare(self.id, declaration_type, f"{on}T09:00:00Z", evidence_held=evidence)

    def declared(self, declaration_type: str, on: str, by: Api | None = None) -> str:
        """The same on the day itself: it is accepted, and will be paid for. The declaration's id."""
        self.is_trained_until(on)
        made = self.declares(declaration_type, on, by).is_accepted()
        made.shows(participant_id=self.id, declaration_type=declaration_type, state="eligible")
        return made.id

    def is_paid(self, declaration_id: str, kind: str = "payment") -> dict[str, Any]:
        """The DfE pays the statement that a declaration is on: time passes until then. The statement."""
        statement = self._statement(declaration_id, kind)
        self.is_trained_until(statement["payment_date"])
        return statement

    def is_shown(self, by: Api | None = None, **expected: Any) -> dict[str, Any]:
        """Her training, as a provider sees it, which has these members."""
        shown = (by or self.api).enrolment(self.id)
        seen = {name: shown.get(name) for name in expected}
        require(seen == expected, "journey.training", str(expected), seen)
        return shown

    def has_declared(self, *expected: tuple[str, str], by: Api | None = None) -> None:
        """What a provider sees declared of her, by type and state, the oldest first."""
        found = (by or self.api).get(DECLARATIONS, **{"filter[participant_id]": self.id})
        seen = [(each["attributes"]["declaration_type"], each["attributes"]["state"]) for each in found.data]
        require(seen == [*expected], "journey.declarations", str(expected), seen, found.exchange)

    def _statement(self, declaration_id: str, kind: str) -> dict[str, Any]:
        """The open statement on which the DfE has a declaration, to be paid or to be taken back."""
        for known in self.backstage.act("GET", f"/statements?cohort={COHORT}&state=open")["statements"]:
            statement = self.backstage.act("GET", f"/statements/{known['id']}")["statement"]
            if (declaration_id, kind) in [(line["id"], line["kind"]) for line in statement["declarations"]]:
                return dict(statement)
        raise ContractBroken("journey.statement", f"the {kind} of {declaration_id} on an open statement", "it on none")
