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
from sandbox.model.providers import (
    ApiToken,
    DeliveryPartner,
    LeadProvider,
    ProviderRelationship,
)
from sandbox.model.record import (
    Behaviour,
    Record,
    World,
)
from sandbox.model.schools import (
    Partnership,
    School,
)
from sandbox.model.shown import (
    DeclarationShown,
    DeliveryPartnerShown,
    Enrolment,
    Mover,
    PartnershipShown,
    Person,
    SchoolShown,
    Transfer,
    TransferSide,
    UnfundedMentor,
)

__all__ = [
    "BILLABLE",
    "COURSES",
    "LIVE",
    "UNVALIDATED",
    "ApiToken",
    "Behaviour",
    "Cohort",
    "Declaration",
    "DeclarationChange",
    "DeclarationShown",
    "DeclarationState",
    "DeliveryPartner",
    "DeliveryPartnerShown",
    "Enrolment",
    "IdChange",
    "InductionStatus",
    "LeadProvider",
    "Milestone",
    "Mover",
    "Participant",
    "ParticipantType",
    "Partnership",
    "PartnershipShown",
    "Person",
    "Placement",
    "ProviderRelationship",
    "Record",
    "Schedule",
    "School",
    "SchoolShown",
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
