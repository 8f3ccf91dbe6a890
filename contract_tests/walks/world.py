"""A world with three providers of which everything is known, as nobody but the walk has done anything with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from contract_tests.api import Api
from contract_tests.model import dfe, lists
from contract_tests.model.records import Declaration, Partner, Partnership, Provider, School, Statement, Training
from contract_tests.model.register import Register
from contract_tests.target.backstage import Backstage
from contract_tests.walking.rows import Row

COHORTS: Final = ("2022", "2023", "2024", "2025")
ALL_COHORTS: Final = ("2021", *COHORTS)
NAMES: Final = (
    'Ostler, "Quill" & Sönmez Teaching Partnership of the Northern and the Southern Dales',
    "Pärn's\tLearning;\nTrust",
    "Quince Institute",
)
PARTNERS: Final[dict[str, dict[int, tuple[str, ...]]]] = {
    'Ærø, "Hub" of Teaching Schools, Academies and Colleges in and around the Upper Valley': {
        0: ("2022", "2023", "2024", "2025")
    },
    "Bœuf\nSchools' Alliance": {0: ("2023", "2024", "2025"), 1: ("2022", "2023", "2024", "2025")},
    "Cam;Partners": {1: ("2024",), 2: ("2023", "2024", "2025")},
}


class Fact(NamedTuple):
    """What the API shows of no school as such, but of who trains there; `provider`: who does, up to 2022."""

    pupil_premium: bool
    sparsity: bool
    tutor_name: str
    tutor_email: str
    provider: str = ""


# Schools of the scenario where nobody trains in the cohorts from 2023 on, but for one who waits for a provider.
SCHOOLS_FREE: Final = {
    "900405": Fact(True, False, "Tunde Bakare", "tunde.bakare@hilltop-view.example.com"),
    "900406": Fact(False, True, "Elaine Mercer", "elaine.mercer@stonebridge.example.com"),
    "900115": Fact(False, True, "Linda Prowse", "linda.prowse@orchard-way.example.com", "Northgate Teaching Institute"),
    "900313": Fact(False, False, "Aoife Brennan", "aoife.brennan@marigold.example.com", "Meadow Education Partnership"),
}
WAITED_FOR: Final = ("900405", "2024")


@dataclass
class World:
    """What is known, and the ways to ask and to act."""

    stage: Backstage
    register: Register
    apis: list[Api] = field(default_factory=list)
    trainings: dict[str, Training] = field(default_factory=dict)
    declarations: dict[str, Declaration] = field(default_factory=dict)
    others: dict[str, list[Row]] = field(default_factory=dict)

    @classmethod
    def made(cls, stage: Backstage, version: str) -> World:
        """A world in which the providers are new."""
        now = stage.now
        world = cls(stage, Register(stage.behaviour, now))
        for name in NAMES:
            made = stage.act("POST", "/providers", name=name)
            world.register.providers.append(Provider(made["provider"]["id"], name))
            world.apis.append(stage.provider().with_token(made["token"]).in_version(version))
        for name, works_with in PARTNERS.items():
            for number, cohorts in works_with.items():
                for cohort in cohorts:
                    world.relate(number, name, cohort)
        for provider in world.register.providers:
            for each in stage.act("GET", f"/statements?provider={provider.id}")["statements"]:
                world.register.statements.append(_statement(each, provider, now))
        for cohort in ALL_COHORTS:
            world._note_schools(cohort)
        for school in world.register.schools:
            school.updated = min(school.programmes_updated.values())
        world._note_others()
        return world

    @property
    def version(self) -> str:
        """The version that is asked."""
        return self.apis[0].version

    def v3(self, number: int) -> Api:
        """A provider, in the version that has everything."""
        return self.apis[number].in_version("v3")

    def relate(self, number: int, name: str, cohort: str) -> None:
        """A provider works with a delivery partner in a cohort, one there is or a new one."""
        provider = self.register.providers[number]
        partner = next((each for each in self.register.partners if each.name == name), None)
        who = {"delivery_partner_id": partner.id} if partner else {"delivery_partner_name": name}
        made = self.stage.act("POST", "/relationships", provider=provider.id, cohort=cohort, **who)["relationship"]
        if partner is None:
            partner = Partner(made["delivery_partner"]["id"], name, self.register.now, self.register.now)
            self.register.partners.append(partner)
        partner.works_with.setdefault(provider.id, set()).add(cohort)

    @contextmanager
    def as_of(self, moment: datetime) -> Iterator[None]:
        """Whatever providers ask meanwhile they ask as of another time, if it is one."""
        if moment == self.register.now:
            yield
            return
        apis, self.apis = self.apis, [api.at(moment) for api in self.apis]
        try:
            with self.register.at(moment):
                yield
        finally:
            self.apis = apis

    def wait_until(self, at: datetime) -> None:
        """Time passes, and what falls due happens."""
        if at <= self.register.now:
            return
        self.register.now = at
        dfe.settle(self.register)
        self.stage.act("POST", "/time/advance", to=f"{self.register.now:%Y-%m-%dT%H:%M:%SZ}")

    def _note_schools(self, cohort: str) -> None:
        for each in self.v3(0).every(lists.SCHOOLS, **{"filter[cohort]": cohort}):
            shown = each["attributes"]
            created, updated = (datetime.fromisoformat(shown[name]) for name in ("created_at", "updated_at"))
            if shown["urn"] not in SCHOOLS_FREE:
                keys = {name: shown[name] for name in ("name", "urn")} | {"id": each["id"]}
                keys |= {"created_at": created, "updated_at": updated}
                self.others.setdefault(cohort, []).append(Row(each["id"], shown, created, updated, keys))
                continue
            school = next((known for known in self.register.schools if known.id == each["id"]), None)
            if school is None:
                fact = SCHOOLS_FREE[shown["urn"]]._asdict()
                del fact["provider"]
                about = {"id": each["id"], "urn": shown["urn"], "name": shown["name"]}
                school = School(**about, **fact, created=created, updated=created)
                self.register.schools.append(school)
            if shown["in_partnership"]:
                self._note_partnership(school, cohort)
            if shown["induction_programme_choice"] != "not_yet_known":
                school.programmes[cohort] = shown["induction_programme_choice"]
            school.programmes_updated[cohort] = updated

    def _note_others(self) -> None:
        """The service sorts schools by what changed of them in every cohort."""
        if self.register.deployed:
            everywhere = [row for rows in self.others.values() for row in rows]
            for rows in self.others.values():
                for number, row in enumerate(rows):
                    own = min(each.changed for each in everywhere if each.id == row.id)
                    rows[number] = replace(row, keys={**row.keys, "updated_at": own})

    def _note_partnership(self, school: School, cohort: str) -> None:
        """Another provider than these trains there."""
        at, somebody = school.created, Provider("", SCHOOLS_FREE[school.urn].provider)
        partner = Partner("", "somebody", at, at)
        about = (school, cohort, somebody, partner)
        self.register.partnerships.append(Partnership("", *about, relationship=False, created=at, updated=at))


def _statement(told: dict[str, Any], provider: Provider, now: datetime) -> Statement:
    return Statement(
        id=told["id"],
        provider=provider,
        cohort=told["cohort"],
        month=told["month"],
        year=told["year"],
        deadline=date.fromisoformat(told["deadline"]),
        payment=date.fromisoformat(told["payment_date"]),
        output=told["output"],
        state=told["state"],
        created=now,
        updated=now,
    )
