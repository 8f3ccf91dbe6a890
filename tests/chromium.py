"""Whether there is a Chromium here to test the console in."""

from __future__ import annotations

import shutil
from typing import Final

import pytest

MISSING: Final = "There is no Chromium here (apt-get install chromium)"
CHROMIUM: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
