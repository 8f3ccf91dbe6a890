"""What a run found, for machines and for people. Everything is made from one thing: what report.json says."""

from contract_tests.report.content import of
from contract_tests.report.files import clear, write
from contract_tests.report.text import as_json, as_text

__all__ = ["as_json", "as_text", "clear", "of", "write"]
