"""What the paths are called, in either edition, of which answers are spoilt."""

from __future__ import annotations

from typing import Final

ANY: Final = r"/api/"
V1: Final = r"/api/v1"
V2: Final = r"/api/v2"
V3: Final = r"/api/v3"
CSV: Final = r"\.csv$"
ALONE: Final = r"/[0-9a-f-]{36}$"

PEOPLE: Final = r"/participants(?:/ecf)?(?:/[0-9a-f-]{36})?$"
DECLARED: Final = r"/participant-declarations(?:/[0-9a-f-]{36})?$"
TRANSFERS: Final = r"/transfers"
STATEMENTS: Final = r"/statements"
SCHOOLS: Final = r"/schools"
PARTNERS: Final = r"/delivery-partners"
PARTNERSHIPS: Final = r"/partnerships"
MENTORS: Final = r"/unfunded-mentors"
