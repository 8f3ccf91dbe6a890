"""The scenarios of the contract tests are imported here, with their marks."""

from __future__ import annotations

import pytest

from contract_tests.marks import MARKERS


def pytest_configure(config: pytest.Config) -> None:
    for line in MARKERS:
        config.addinivalue_line("markers", line)
