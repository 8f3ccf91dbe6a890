"""A school of which everybody is known, and what providers are shown with another time once something is done."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, PARTICIPANTS
from contract_tests.rules.partnership_offers import PARTNERSHIPS, SCHOOLS, Offer, free, partner, partnership
from contract_tests.rules.schools import partnerships, register
from contract_tests.target.backstage import Backstage

COHORT, BEFORE, AFTER = "2024", "2023", "2025"
PROVIDERS: Final = 3
UNFUNDED, TRANSFERS, STATEMENTS = "/unfunded-mentors/ecf", f"{PARTICIPANTS}/transfers", "/statements"
OF_V3: Final = (PARTNERSHIPS, UNFUNDED, TRANSFERS, STATEMENTS)

Moved = dict[str, set[str]]
"""What has changed, by where it is listed."""


class Town:
    """A school where some train with the provider that is tested, and one who came and kept another."""

    def __init__(self, api: Api, stage: Backstage) -> None:
        self.api, self.stage = api, stage
        v3 = api.in_version("v3")
        self.offer = free(v3, COHORT)
        v3.confirm_partnership(*self.offer).is_accepted()
        confirmed = partnership(v3, school_id=self.offer.school_id, cohort=COHORT)
        self.partnership, self.urn = str(confirmed["id"]), confirmed["attributes"]["urn"]
        there = {"school_id": self.offer.school_id}
        self.mentor, self.next_mentor = (register(stage, role="mentor", **there) for _ in range(2))
        self.ada = register(stage, mentor_id=self.mentor, **there)
        self.ben = register(stage, provider=stage.name_of(1))
        self.does(f"/participants/{self.ben}/leave", on="2024-11-03")
        self.does(f"/participants/{self.ben}/join", on="2024-11-04", keeps_provider=True, **there)

    @property
    def elsewhere(self) -> dict[str, Any]:
        """Another school of the provider's."""
        return next(each for each in partnerships(self.api) if each["school_id"] != self.offer.school_id)

    def there(self, cohort: str | None = None) -> set[str]:
        """Everybody who is seen at the school and at none that they joined since, of one cohort or of all."""
        here, gone = set(), set()
        for person in self._of_all_providers(PARTICIPANTS):
            for enrolment in person["attributes"]["ecf_enrolments"]:
                if enrolment["school_urn"] != self.urn:
                    gone.add(person["id"])
                elif cohort in (None, enrolment["cohort"]):
                    here.add(person["id"])
        return here - (gone - {self.ben})

    def does(self, path: str, **body: Any) -> Any:
        """Have a school or the DfE do something."""
        return self.stage.act("POST", path, **body)

    def people(self, *ids: str) -> Moved:
        """These people, where they are listed."""
        return {PARTICIPANTS: set(ids)}

    def school(self, *cohorts: str) -> Moved:
        """The school, as it is listed for cohorts: in v3 alone."""
        if self.api.version != "v3":
            return {}
        return {f"{SCHOOLS} {cohort}": {self.offer.school_id} for cohort in cohorts}

    def a_changed_partnership(self) -> Moved:
        """All that changes with a partnership of the school: everybody there, its partnerships, it in every cohort."""
        listed = self._of_all_providers(PARTNERSHIPS)
        of_school = {each["id"] for each in listed if each["attributes"]["school_id"] == self.offer.school_id}
        of_v3 = {PARTNERSHIPS: of_school} if self.api.version == "v3" else {}
        return self.people(*self.there()) | of_v3 | self.school(BEFORE, COHORT, AFTER)

    def another_offer(self) -> Offer:
        """A partnership with the school in the cohort after, for which it has decided."""
        self.does(f"/schools/{self.offer.school_id}/programme", cohort=AFTER, programme="provider_led")
        return Offer(self.offer.school_id, partner(self.api.in_version("v3"), AFTER), AFTER)

    def another_partner(self) -> str:
        """A delivery partner that does not deliver the partnership yet."""
        v3 = self.api.in_version("v3")
        return partner(v3, COHORT, other_than=self.offer.delivery_partner_id)

    def moves(self, act: Callable[[], Any], expected: Moved) -> None:
        """Raises ContractBroken unless an act moves the times of these, of all that is listed before it and after.

        Whoever polls with `filter[updated_since]` is given them, and of participants nobody else.
        """
        before = self._times()
        at = self._a_moment_later()
        act()
        after = self._times()
        moved = {
            path: {id for id, time in times.items() if after[path].get(id, time) != time}
            for path, times in before.items()
        }
        expected = {path: ids & set(after[path]) for path, ids in expected.items()}
        require_equal(expected, {path: ids for path, ids in moved.items() if ids})
        paths = {PARTICIPANTS, *expected} - {DECLARATIONS}
        polled = self._times(paths, **{"filter[updated_since]": f"{at:%Y-%m-%dT%H:%M:%SZ}"})
        lost = {path: expected.get(path, set()) - set(polled[path]) for path in paths}
        require_equal({path: set[str]() for path in paths}, lost)
        known = set(before[PARTICIPANTS]) & set(polled[PARTICIPANTS])
        require_equal(expected.get(PARTICIPANTS, set()), known)

    def _a_moment_later(self) -> datetime:
        later = self.stage.now + timedelta(seconds=10)
        self.stage.act("POST", "/time/advance", to=f"{later:%Y-%m-%dT%H:%M:%SZ}")
        return later

    def _of_all_providers(self, path: str) -> Iterator[Any]:
        for number in range(PROVIDERS):
            yield from self.stage.provider(number).every(path)

    def _times(self, among: Container[str] | None = None, **query: str) -> dict[str, dict[str, str]]:
        """When everything that is listed was last changed, by what is shown; `among`: in these lists alone."""
        times: dict[str, dict[str, str]] = {}
        for number in range(PROVIDERS):
            provider = self.stage.provider(number).in_version(self.api.version)
            for name, path, needed in _lists(self.api.version):
                if (among is None or name in among) and not (path == SCHOOLS and number):
                    rows = provider.every(path, **needed, **query)
                    times.setdefault(name, {}).update({row["id"]: row["attributes"]["updated_at"] for row in rows})
        return times


def _lists(version: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every list by its name, its path and what it has to be asked; that of schools is the same for all providers."""
    yield PARTICIPANTS, PARTICIPANTS, {}
    yield DECLARATIONS, DECLARATIONS, {}
    if version == "v3":
        yield from ((path, path, {}) for path in OF_V3)
        for cohort in (BEFORE, COHORT, AFTER):
            yield f"{SCHOOLS} {cohort}", SCHOOLS, {"filter[cohort]": cohort}
