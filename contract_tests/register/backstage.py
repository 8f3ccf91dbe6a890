"""What scenarios of Register need, made: a world with organisations and nobody in it, in which schools act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from contract_tests.api import Api, Reply
from contract_tests.calendar import Milestone
from contract_tests.errors import Unavailable
from contract_tests.register.calendar import milestones
from contract_tests.target.backstage import STANDARD, Person, Role
from contract_tests.target.deployment_backstage import DeploymentBackstage
from contract_tests.target.sandbox_backstage import SandboxBackstage

RIVERBANK: Final = "106286"
ASHDOWN: Final = "900101"
BEGINS: Final = time(9)
BREAK: Final = timedelta(days=2)  # nobody comes back on the day on which they went


@dataclass(frozen=True, kw_only=True)
class Trainee(Person):
    """Someone in training with the provider."""

    def milestone(self, declaration_type: str = "started") -> Milestone:
        """When a type may be declared of them. Raises Unavailable when their schedule has no such milestone."""
        found = milestones(self.schedule, self.cohort).get(declaration_type)
        if found is None:
            raise Unavailable(f"no milestone {declaration_type} on {self.schedule} of {self.cohort}")
        return found


class RegisterBackstage(SandboxBackstage):
    """A world of its organisations: three providers, sixty schools, and no partnerships yet."""

    scenario = "register-organisations"
    populated = "register"

    def person(
        self,
        role: Role = "ect",
        *,
        cohort: str = "2025",
        schedule: str = STANDARD,
        declared: Sequence[str] = (),
        status: str = "active",
        validation: str = "eligible_to_start",
    ) -> Trainee:
        """Someone new: registered on the second day of September, under the provider's partnership with the school."""
        begins = f"{cohort}-09-02"
        there = self.provider().get("/partnerships", **{"filter[cohort]": cohort}).data
        if not any(each["attributes"]["urn"] == RIVERBANK for each in there):
            self.partnership(cohort)
        about = {"induction_starts_on": begins} if role == "ect" and validation == "eligible_to_start" else {}
        id = self.registered(role, begins, **about)
        trainee = Trainee(id=id, role=role, cohort=cohort, schedule=STANDARD)
        api = self.provider()
        if schedule != STANDARD:
            api.at(_morning(begins)).change_schedule(id, schedule, trainee.course).is_accepted()
            trainee = replace(trainee, schedule=schedule)
        for declaration_type in declared:
            declared_of(api, trainee, declaration_type).is_accepted()
        if status != "active":
            before = api.at(self.now - BREAK)
            pause = before.defer if status == "deferred" else before.withdraw
            pause(id, course=trainee.course).is_accepted()
        return trainee

    def registered(self, role: Role = "ect", on: str = "2025-09-02", **about: Any) -> str:
        """Somebody whom a school registers on a day, to begin then: Riverbank with the tested provider, if not told."""
        known = {"urn": RIVERBANK, "provider": "northgate", "starts_on": on} | about
        made = self.act("POST", "/participants", at=_morning(on), participant_type=role, **known)
        return str(made["participant"]["id"])

    def partnership(self, cohort: str = "2025", *, at: datetime | str | None = None, **about: Any) -> str:
        """A partnership that the DfE makes as the cohort begins: of Riverbank with the tested provider, if not told."""
        known = {"urn": RIVERBANK, "provider": "northgate", "cohort": cohort} | about
        made = self.act("POST", "/partnerships", at=at or f"{cohort}-06-02T09:00:00Z", **known)
        return str(made["partnership"]["id"])

    def at(self, moment: datetime | str) -> None:
        """Have it be another time from now on. The nights between happen."""
        self.act("PUT", "/time", now=moment if isinstance(moment, str) else f"{moment:%Y-%m-%dT%H:%M:%SZ}")

    def statement(self, id: str | None) -> Any:
        """A statement as the DfE sees it."""
        return self.act("GET", f"/statements/{id}")["statement"]

    def statements(self, *, provider: str, output: bool, cohort: str = "2024") -> list[str]:
        """The ids of a provider's statements of a cohort: those that pay for declarations, or the others."""
        asked = f"cohort={cohort}&provider={provider}&output={str(output).lower()}"
        listed = self.act("GET", f"/statements?{asked}")
        return [each["id"] for each in listed["statements"]]


class RegisterDeployment(DeploymentBackstage):
    """A deployment of Register. Who is paused for a scenario is so as of an earlier day, so as to come back today."""

    known_as = Trainee

    def person(
        self,
        role: Role = "ect",
        *,
        cohort: str = "2025",
        schedule: str = STANDARD,
        declared: Sequence[str] = (),
        status: str = "active",
        validation: str = "eligible_to_start",
    ) -> Person:
        """Someone who is as asked. Raises Unavailable when there is nobody, or when nobody may be written about."""
        return super().person(
            role, cohort=cohort, schedule=schedule, declared=declared, status=status, validation=validation
        )

    def _pausing(self) -> Api:
        return self._found.api.at(self.now - BREAK)


def declared_of(api: Api, trainee: Person, declaration_type: str = "started", **others: Any) -> Reply:
    """What is answered to a milestone of somebody, declared in its middle with the evidence that it takes."""
    dated = trainee.milestone(declaration_type).middle
    told: dict[str, Any] = {
        "course_identifier": trainee.course,
        "evidence_held": evidence_for(trainee, declaration_type),
    }
    return api.declare(trainee.id, declaration_type, dated, **told | others)


def evidence_for(trainee: Person, declaration_type: str) -> str:
    """Evidence that a type of declaration takes."""
    engaged = declaration_type == "completed" or declaration_type == "retained-2"
    return "75-percent-engagement-met" if trainee.cohort >= "2025" and engaged else "other"


def _morning(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), BEGINS, UTC)
