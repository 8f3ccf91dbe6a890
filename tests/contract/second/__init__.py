"""A second implementation, made from the documents alone and with another framework: five endpoints of v3.

Nothing of the sandbox is in it. People are a few, kept in memory; nobody leaves, pauses or is paid here, so what is
said of that in the documents never comes up. It gets two rules wrong when it is asked to.
"""

from tests.contract.second.server import OPERATIONS, TOKEN, serving
from tests.contract.second.service import WRONG

__all__ = ["OPERATIONS", "TOKEN", "WRONG", "serving"]
