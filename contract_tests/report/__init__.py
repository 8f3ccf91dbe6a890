"""What a run found, for machines and for people. Everything is made from one thing: what report.json says."""

from contract_tests.report.brief import in_brief
from contract_tests.report.content import of
from contract_tests.report.files import clear, write

__all__ = ["clear", "in_brief", "of", "write"]
