"""Options and fixtures: `pytest --pyargs contract_tests --target-url URL --token TOKEN`."""

from __future__ import annotations

from contract_tests.plugin import *  # noqa: F403
