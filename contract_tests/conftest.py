"""Options and fixtures for `pytest --pyargs contract_tests`, unless `-p contract_tests.plugin` has brought them."""

from __future__ import annotations

import pytest


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Bring the plugin, once."""
    pluginmanager.import_plugin("contract_tests.plugin")
