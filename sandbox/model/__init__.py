"""The records: what has to be remembered for the API to answer as the service does.

Every record is frozen: a change is a new record put in place of the old one. Dates are UTC calendar days,
times are timezone-aware UTC. Cohorts are named by their start year, as text ("2021"), as on the wire.
"""

from sandbox.model.calendar import (
    Cohort,
    Milestone,
    Schedule,
    Statement,
    StatementState,
)
from sandbox.model.declarations import (
    BILLABLE,
    LIVE,
    Declaration,
    DeclarationChange,
    DeclarationState,
)
from sandbox.model.people import (
    COURSES,
    UNVALIDATED,
    IdChange,
    InductionStatus,
    Participant,
    ParticipantType,
    Placement,
    TrainingRecord,
    TrainingState,
    TrainingStatus,
    ValidationStatus,
)
from sandbox.model.presented import (
    Enrolment,
    Mover,
    Person,
    PresentedDeclaration,
    PresentedDeliveryPartner,
    PresentedPartnership,
    PresentedSchool,
    Transfer,
    TransferSide,
    UnfundedMentor,
)
from sandbox.model.providers import (
    ApiToken,
    DeliveryPartner,
    LeadProvider,
    ProviderRelationship,
)
from sandbox.model.record import (
    NEVER,
    Behaviour,
    Record,
    World,
)
from sandbox.model.schools import (
    Partnership,
    School,
)

__all__ = [
    "BILLABLE",
    "COURSES",
    "LIVE",
    "NEVER",
    "UNVALIDATED",
    "ApiToken",
    "Behaviour",
    "Cohort",
    "Declaration",
    "DeclarationChange",
    "DeclarationState",
    "DeliveryPartner",
    "Enrolment",
    "IdChange",
    "InductionStatus",
    "LeadProvider",
    "Milestone",
    "Mover",
    "Participant",
    "ParticipantType",
    "Partnership",
    "Person",
    "Placement",
    "PresentedDeclaration",
    "PresentedDeliveryPartner",
    "PresentedPartnership",
    "PresentedSchool",
    "ProviderRelationship",
    "Record",
    "Schedule",
    "School",
    "Statement",
    "StatementState",
    "TrainingRecord",
    "TrainingState",
    "TrainingStatus",
    "Transfer",
    "TransferSide",
    "UnfundedMentor",
    "ValidationStatus",
    "World",
]
