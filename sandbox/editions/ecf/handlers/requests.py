"""What ECF's handlers are given: requests that are answered with ECF's presentation."""

from __future__ import annotations

from typing import TypeAlias

from sandbox.edge.provider.request import ReadRequest, WriteRequest
from sandbox.editions.ecf.presentation import EcfPresentation

Read: TypeAlias = ReadRequest[EcfPresentation]
Write: TypeAlias = WriteRequest[EcfPresentation]
