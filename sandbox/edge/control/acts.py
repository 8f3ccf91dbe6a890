"""What schools and the DfE do in some editions only: here it is said that the others have nothing of the kind."""

from __future__ import annotations

from typing import NoReturn

from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.edition import Edition


def not_in(edition: Edition) -> Declined:
    """What is answered where an edition has no such operation."""
    return Declined(422, ("edition", f"This world is of the edition {edition.name}, where nobody does this."))


def add_partnership(request: ControlRequest) -> NoReturn:
    """`POST /partnerships`."""
    raise not_in(request.world.edition)


def change_provider(request: ControlRequest) -> NoReturn:
    """`POST /participants/{id}/provider`."""
    raise not_in(request.world.edition)


def choose_training(request: ControlRequest) -> NoReturn:
    """`POST /participants/{id}/programme`."""
    raise not_in(request.world.edition)


def change_school(request: ControlRequest) -> NoReturn:
    """`PATCH /schools/{id}`."""
    raise not_in(request.world.edition)
