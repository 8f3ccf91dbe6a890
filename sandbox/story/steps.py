"""The twelve steps of an ECT's training, as the guidance has them."""

from __future__ import annotations

from typing import Final

from sandbox.story.tale import DECLARATIONS, PARTICIPANTS, Step, Tale, attributes, done, refused, step

COHORT: Final = "2024"
SCHOOL_URN: Final = "900405"
RETAINED: Final = {
    "retained-1": "2025-02-03",
    "retained-2": "2025-05-12",
    "retained-3": "2025-10-06",
    "retained-4": "2026-02-02",
}


@step("The provider", "A partnership is confirmed", "name", "urn", "induction_programme_choice", "status")
def partnership_confirmed(tale: Tale) -> None:
    """Hilltop View School has told the DfE that it wants provider-led training for its teachers of 2024. Northgate
    looks it up, picks one of the delivery partners it works with, and confirms the partnership.
    """
    (school,) = tale.see("/api/v3/schools/ecf", cohort=COHORT, urn=SCHOOL_URN)
    delivery_partner, *_ = tale.see("/api/v3/delivery-partners", cohort=COHORT)
    wanted = attributes(cohort=COHORT, school_id=school["id"], delivery_partner_id=delivery_partner["id"])
    tale.partnership = done(tale.provider.post("/api/v3/partnerships/ecf", json=wanted))["id"]


@step("The school", "A participant is registered", "full_name", "participant_type", "provider", "validation_status")
def participant_registered(tale: Tale) -> None:
    """The induction tutor registers Rosa Marlow, an early career teacher (ECT), through the DfE's online service. She
    trains with Northgate, because her school's partnership says so.
    """
    tale.ect = tale.world.register_ect(
        full_name="Rosa Marlow", email="rosa.marlow@hilltop-view.example.com", urn=SCHOOL_URN, validation="none"
    )


@step("The DfE, the provider", "She is validated, and viewed", "validation_status", "email", "eligible_for_funding")
def participant_viewed(tale: Tale) -> None:
    """Until the DfE has validated her details, the API knows nobody of her id. Then Northgate finds her among what has
    changed, and sees that it will be paid for her.
    """
    refused(tale.provider.get(tale.her_path), "path.unknown")
    tale.world.validate(tale.ect)
    tale.see(PARTICIPANTS, cohort=COHORT, updated_since=f"{tale.began_at:%Y-%m-%dT%H:%M:%SZ}")
    tale.see(tale.her_path)


@step("Time", "She is trained")
def training_begins(tale: Tale) -> None:
    """Northgate trains her, as its contract says. It is December."""
    tale.until("2024-12-02")


@step("The provider", "She is declared as started", "declaration_type", "state", "statement_id")
def started_declared(tale: Tale) -> None:
    """A `started` declaration tells the DfE that her training has begun. As she is eligible for funding it is
    `eligible` at once, and on the next statement.
    """
    tale.declared("started", on="2024-12-02")


@step("The DfE", "The start is paid for", "payment_date", "state", "totals")
def started_paid(tale: Tale) -> None:
    """After the statement's deadline the declaration becomes `payable`; on its payment date it is `paid`. The DfE's
    own view of the statement says what it paid for, and what share of it each milestone was.
    """
    _paid(tale, "started")


@step("Time", "She is trained further")
def training_continues(tale: Tale) -> None:
    """Northgate goes on training her, until the first milestone after the start."""
    tale.until(RETAINED["retained-1"])


@step("The provider", "She is declared as retained", "declaration_type", "evidence_held", "state")
def retained_declared(tale: Tale) -> None:
    """A `retained-1` declaration tells the DfE that she is still in training. It needs evidence, and a date inside the
    milestone of her schedule.
    """
    tale.declared("retained-1", on=RETAINED["retained-1"])


@step(
    "The DfE",
    "That she was retained is paid for",
    "payment_date",
    "declaration_type",
    "state",
    "totals",
)
def retained_paid(tale: Tale) -> None:
    """The declaration is paid with its statement. The last three steps come round for each milestone, up to
    `retained-4`.
    """
    _paid(tale, "retained-1")
    for type in ("retained-2", "retained-3", "retained-4"):
        tale.until(RETAINED[type])
        tale.declared(type, on=RETAINED[type])
        _paid(tale, type)


@step("Time", "Her training is completed")
def training_completed(tale: Tale) -> None:
    """Northgate completes her training in the spring of its second year."""
    tale.until("2026-05-18")


@step("The provider", "She is declared as completed", "declaration_type", "evidence_held", "state")
def completed_declared(tale: Tale) -> None:
    """A `completed` declaration tells the DfE that she has completed her training."""
    tale.declared("completed", on="2026-05-18")


@step("The DfE", "The completion is paid for", "payment_date", "declaration_type", "state", "totals")
def completed_paid(tale: Tale) -> None:
    """With its statement the last of six declarations is paid."""
    _paid(tale, "completed")
    tale.see(DECLARATIONS, participant_id=tale.ect.id)


TWELVE: Final[tuple[Step, ...]] = (
    partnership_confirmed,
    participant_registered,
    participant_viewed,
    training_begins,
    started_declared,
    started_paid,
    training_continues,
    retained_declared,
    retained_paid,
    training_completed,
    completed_declared,
    completed_paid,
)


def _paid(tale: Tale, type: str) -> None:
    """Time passes until a declaration is paid; the provider and the DfE look at it."""
    statement = tale.statement_of(type)
    tale.until_paid(statement)
    tale.look_at(type)
    tale.world.statement(statement)
