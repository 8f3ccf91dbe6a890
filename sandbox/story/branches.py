"""Where an ECT's training can take another way than the twelve steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from sandbox.story.steps import TWELVE
from sandbox.story.tale import DECLARATIONS, Step, Tale, done, refused, step

OTHER_SCHOOL_URN: Final = "900201"


class Branch(msgspec.Struct, frozen=True):
    """Another way: the steps it takes, after those of the twelve that come before."""

    before: Sequence[Step]
    steps: Sequence[Step]


@step("The provider", "Her training is deferred", "training_status", "deferral")
def deferred(tale: Tale) -> None:
    """Rosa goes on parental leave. Northgate reports a break, with the reason."""
    done(tale.report("defer", reason="parental-leave"))


@step("The provider", "Her training is resumed", "training_status", "deferral")
def resumed(tale: Tale) -> None:
    """Nine months later she is back."""
    tale.until("2025-09-01")
    done(tale.report("resume"))


@step("The provider", "She continues on an extended schedule", "nearest", "schedule_identifier", "state")
def extended(tale: Tale) -> None:
    """On her schedule, the milestone of `retained-1` ended while she was away. An extended schedule has no last days,
    so that it can be declared there.
    """
    tale.ask_why(tale.declare("retained-1", on="2025-09-01"), "decl.milestone-end")
    done(tale.report("change-schedule", schedule_identifier="ecf-extended-september"))
    tale.declared("retained-1", on="2025-09-01")


@step("The provider", "She is withdrawn", "training_status", "withdrawal", "participant_status")
def withdrawn(tale: Tale) -> None:
    """Rosa leaves the profession in February, and Northgate withdraws her. `participant_status` is for her school to
    change.
    """
    tale.until("2025-02-20")
    done(tale.report("withdraw", reason="left-teaching-profession"))


@step("The provider", "Only what came before is declared", "payment_date", "declaration_date", "state")
def declared_before(tale: Tale) -> None:
    """What is dated after the withdrawal is refused. What is dated before it is accepted, although it is sent later,
    and paid for.
    """
    tale.until("2025-03-03")
    tale.ask_why(tale.declare("retained-1", on="2025-03-03"), "decl.before-withdrawal")
    tale.declared("retained-1", on="2025-02-10")
    tale.until_paid(tale.statement_of("retained-1"))
    tale.look_at("retained-1")


@step("The schools", "She moves to another school", "school", "provider")
def moved(tale: Tale) -> None:
    """Rosa leaves Hilltop View in February, and joins a school that trains with Harbour. Each school reports its
    part.
    """
    tale.world.leave(tale.ect, on="2025-02-14")
    tale.world.join(tale.ect, urn=OTHER_SCHOOL_URN, on="2025-02-24")


@step("Both providers", "Both see the transfer", "transfer_type", "status", "participant_status", "leaving", "joining")
def transfer_seen(tale: Tale) -> None:
    """Once both schools have reported it, both providers see the transfer, each with its own view of her."""
    tale.until("2025-03-03")
    for provider in (tale.provider, tale.other):
        tale.see(f"{tale.her_path}/transfers", provider)
        tale.see(tale.her_path, provider)


@step("The new provider", "It goes on from there", "declaration_type", "lead_provider_name", "payment_date", "state")
def taken_over(tale: Tale) -> None:
    """Harbour sees what Northgate has declared, and cannot declare it again. The next milestone is its own to declare,
    and it is paid for it.
    """
    tale.see(DECLARATIONS, tale.other, participant_id=tale.ect.id)
    refused(tale.declare("started", "2024-12-05", tale.other), "decl.one-per-milestone")
    tale.declared("retained-1", "2025-03-03", tale.other)
    tale.until_paid(tale.statement_of("retained-1"), tale.other)
    tale.look_at("retained-1", tale.other)


@step("The provider", "Another schedule does not fit", "nearest")
def does_not_fit(tale: Tale) -> None:
    """It turns out that Rosa began in January. Her `started` declaration is dated in December, before the milestone of
    the January schedule opens.
    """
    tale.ask_why(tale.report("change-schedule", schedule_identifier="ecf-standard-january"), "sched.fits-declarations")


@step("The provider", "Voided, changed, declared again", "state", "schedule_identifier", "declaration_date")
def redeclared(tale: Tale) -> None:
    """So Northgate voids the declaration, changes the schedule, and declares the start anew in January."""
    done(tale.void("started"))
    done(tale.report("change-schedule", schedule_identifier="ecf-standard-january"))
    tale.until("2025-01-13")
    tale.declared("started", on="2025-01-13")


@step("The provider", "A paid declaration is voided", "state", "clawback_statement_id")
def clawback_awaited(tale: Tale) -> None:
    """Northgate finds that it declared the start in error, when it has been paid. It voids the declaration, which now
    awaits clawback on the next statement. That cannot be taken back.
    """
    done(tale.void("started"))
    refused(tale.void("started"), "void.final")


@step("The DfE", "The payment is taken back", "state", "payment_date", "paid", "kind", "declarations")
def clawed_back(tale: Tale) -> None:
    """When the next statement is paid, the declaration is clawed back."""
    statement = tale.look_at("started")["clawback_statement_id"]
    tale.until_paid(statement)
    tale.look_at("started")
    tale.world.statement(statement)


BRANCHES: Final[dict[str, Branch]] = {
    "deferral": Branch(TWELVE[:5], (deferred, resumed, extended)),
    "withdrawal": Branch(TWELVE[:6], (withdrawn, declared_before)),
    "transfer": Branch(TWELVE[:6], (moved, transfer_seen, taken_over)),
    "schedule": Branch(TWELVE[:5], (does_not_fit, redeclared)),
    "clawback": Branch(TWELVE[:6], (clawback_awaited, clawed_back)),
}
