"""Whether an implementation of the ECF lead provider API keeps its contract: the sandbox, or any deployment.

It knows the documents and the catalogue of rules (`openapi/`), and nothing of the sandbox but its control API.
"""

import sys
from pathlib import Path

# `python -m contract_tests…`, whose module is still being located, would import a random.py of the current folder.
if sys.argv[0] == "-m" and not sys.flags.safe_path and Path(sys.path[0]) != Path(__file__).parents[1]:
    del sys.path[0]
