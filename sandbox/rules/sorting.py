"""What lists can be sorted by, where the service and its guidance differ in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sandbox.model import PresentedPartnership, PresentedSchool

PARTNERSHIPS_BY: Final[Mapping[str, Callable[[PresentedPartnership], Any]]] = {
    "created_at": lambda presented: presented.partnership.created_at,
    "updated_at": lambda presented: presented.updated_at,
    "id": lambda presented: presented.partnership.id,
}
SCHOOLS_BY: Final[Mapping[str, Callable[[PresentedSchool], Any]]] = {
    "created_at": lambda presented: presented.school.created_at,
    "updated_at": lambda presented: presented.updated_at,
    "name": lambda presented: presented.school.name,
    "urn": lambda presented: presented.school.urn,
    "id": lambda presented: presented.school.id,
}
