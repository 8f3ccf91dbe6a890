"""A world in which what was recorded can be asked: who is there, and what has happened to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from tests.reality.in_process import Answer, Service

HERE: Final = Path(__file__).parent
NOW: Final = "2026-11-28T15:30:00Z"
SCHOOL: Final = "900101"
COURSES: Final = {"ect": "ecf-induction", "mentor": "ecf-mentor"}
SCHOOLS: Final = {"northgate": ("900101", "106286"), "harbour": ("900101", "900201"), "meadow": ("900301",)}
COHORTS: Final = ("2021", "2022", "2023", "2024", "2025", "2026")
Json = dict[str, Any]


@cache
def people() -> Mapping[str, list[Json]]:
    """What is to be done before somebody is asked about, by the id they had there."""
    return dict(yaml.safe_load((HERE / "people.yaml").read_text()))


@cache
def before() -> Mapping[str, list[Json]]:
    """What is to be done just before an exchange, by its id: each with `of`, whom it is done to."""
    return dict(yaml.safe_load((HERE / "before.yaml").read_text()))


@cache
def made_by() -> Mapping[str, str]:
    """Who, or what, has to be brought in for a declaration to be there, by the id it had there."""
    return {step["as"]: recorded for recorded, steps in people().items() for step in steps if "as" in step}


@cache
def things() -> Mapping[str, Json]:
    """What stands here for an organisation or a statement, by the id it had there."""
    return dict(yaml.safe_load((HERE / "things.yaml").read_text()))


class Stage:
    """A world of Register, set up for one exchange after the other."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.tokens: dict[str, str] = {}
        self.ids: dict[str, str] = {}  # here, by what stood there
        self._roles: dict[str, str] = {}
        self._world = ""
        self._number = 0
        self._to_pay: list[str] = []

    async def set_up(self) -> None:
        """Make the world, and the partnerships that people train through."""
        made = await self._control("POST", "/worlds", {"edition": "register"})
        self._world = made["id"]
        self.tokens = {each["name"].split()[0].lower(): each["token"] for each in made["providers"]}
        for provider, urns in SCHOOLS.items():
            for urn in urns:
                for cohort in COHORTS:
                    at = f"{cohort}-06-02T09:00:00Z"
                    await self._act("POST", "/partnerships", {"provider": provider, "urn": urn, "cohort": cohort}, at)
        for recorded, steps in people().items():
            if any("settled" in step for step in steps):
                await self.bring_in(recorded)
        await self._act("PUT", "/time", {"now": NOW})
        for declaration in self._to_pay:
            await self._pay(declaration)

    async def bring_in(self, recorded: str) -> None:
        """Have somebody, or something, be as they were there."""
        if recorded in things():
            self.ids[recorded] = things()[recorded]["id"]
            for other in things()[recorded].get("needs", ()):
                await self.bring_in(other)
        maker = made_by().get(recorded, recorded)
        if maker != recorded:
            await self.bring_in(maker)
        if recorded in self.ids or recorded not in people():
            return
        for step in people()[recorded]:
            await self._do(recorded, step)

    async def prepare(self, exchange: str) -> None:
        """Do what is to be done just before an exchange."""
        for step in before().get(exchange, ()):
            await self._do(step["of"], step)

    async def _pay(self, declaration: str) -> None:
        """Pay the statement that holds one of Northgate's declarations, unless that has been done."""
        headers = {"Authorization": f"Bearer {self.tokens['northgate']}"}
        answer = await self._service.send("GET", f"/api/v3/participant-declarations/{declaration}", None, headers)
        held = _content(answer)["data"]["attributes"]
        if held["state"] != "paid":
            await self._act("POST", f"/statements/{held['statement_id']}/pay", {})

    async def _do(self, recorded: str, step: Json) -> None:
        id, at = self.ids.get(recorded, ""), step.get("at")
        match step:
            case {"ect": _} | {"mentor": _}:
                await self._register(recorded, step)
            case {"leave": day}:
                await self._act("POST", f"/participants/{id}/leave", {"on": day}, at)
            case {"provider": provider}:
                await self._act("POST", f"/participants/{id}/provider", {"provider": provider}, at)
            case {"partnership": cohort, "school": urn}:
                body = {"urn": urn, "cohort": str(cohort), "provider": step.get("with", "northgate")}
                made = await self._act("POST", "/partnerships", body, f"{cohort}-06-02T09:00:00Z")
                if "as" in step:
                    self.ids[step["as"]] = made["partnership"]["id"]
            case {"partner": partner, "of_partnership": partnership}:
                path = f"/partnerships/{self.ids[partnership]}"
                await self._ask("PUT", path, {"delivery_partner_id": things()[partner]["id"]}, step)
            case {"schedule": identifier}:
                course = COURSES[self._roles[recorded]]
                attributes = {"schedule_identifier": identifier, "course_identifier": course}
                if "cohort" in step:
                    attributes["cohort"] = str(step["cohort"])
                await self._ask("PUT", f"/participants/{id}/change-schedule", attributes, step)
            case {"join": urn}:
                details: Json = {name: step[name] for name in ("on", "programme") if name in step}
                if "with" in step:
                    details["provider"] = step["with"]
                await self._act("POST", f"/participants/{id}/join", {"urn": urn, **details}, at)
            case {"mentors": mentee}:
                await self.bring_in(mentee)
                await self._act("POST", f"/participants/{self.ids[mentee]}/mentor", {"mentor_id": id})
            case {"mentored_until": day}:
                await self._register(f"{recorded}/mentor", {"mentor": 2025})
                mentor = self.ids[f"{recorded}/mentor"]
                await self._act("POST", f"/participants/{id}/mentor", {"mentor_id": mentor}, "2025-09-03T09:00:00Z")
                await self._act("POST", f"/participants/{mentor}/leave", {"on": day}, f"{day}T09:00:00Z")
            case {"twin": _}:
                await self._register(f"{recorded}/twin", {"mentor": 2025})
                twin = self.ids[f"{recorded}/twin"]
                await self._act("POST", f"/participants/{id}/merge", {"into": twin})
            case {"also": steps}:
                for each in steps:
                    await self._do(f"{recorded}/also", each)
            case {"absorbs": other}:
                await self._register(f"{recorded}/other", other)
                absorbed = self.ids[f"{recorded}/other"]
                await self._act("POST", f"/participants/{absorbed}/merge", {"into": id})
            case {"settled": state}:
                if state == "paid":
                    self._to_pay.append(self.ids[f"{recorded}/declared"])
            case {"claim": day}:
                await self._act("POST", f"/participants/{id}/validate", {"on": day}, at)
            case {"exempt": _}:
                await self._act("POST", f"/participants/{id}/validate", {"status": "exempt"}, at)
            case {"pass": day}:
                await self._act("PUT", f"/participants/{id}/induction-end", {"on": day}, at)
            case {"withdraw": reason} | {"defer": reason}:
                verb = "withdraw" if "withdraw" in step else "defer"
                attributes = {"reason": reason, "course_identifier": COURSES[self._roles[recorded]]}
                await self._ask("PUT", f"/participants/{id}/{verb}", attributes, step)
            case {"declare": type, "dated": dated}:
                attributes = {
                    "participant_id": id,
                    "declaration_type": type,
                    "declaration_date": dated,
                    "course_identifier": COURSES[self._roles[recorded]],
                    "evidence_held": step.get("evidence", "training-event-attended"),
                }
                declared = await self._ask("POST", "/participant-declarations", attributes, step)
                for name in (f"{recorded}/{type}", f"{recorded}/declared", step.get("as", "")):
                    self.ids[name] = declared["data"]["id"]
            case {"void": type}:
                await self._ask("PUT", f"/participant-declarations/{self.ids[f'{recorded}/{type}']}/void", {}, step)

    async def _register(self, recorded: str, step: Json) -> None:
        role = "ect" if "ect" in step else "mentor"
        cohort, self._number = step[role], self._number + 1
        starts_on = step.get("from", f"{cohort}-09-01")
        known = {"participant_id": self.ids[recorded]} if recorded in self.ids else {}
        body = {
            "participant_type": role,
            "urn": step.get("school", SCHOOL),
            "provider": step.get("with", "northgate"),
            "starts_on": starts_on,
            "email": f"person{self._number}@example.com",
            **(known or {"full_name": f"Person Number{self._number}", "trn": str(8000000 + self._number)}),
            **({"induction_starts_on": min(starts_on, NOW[:10])} if step.get("eligible") else {}),
        }
        made = await self._act("POST", "/participants", body, step.get("at", f"{cohort}-09-02T09:00:00Z"))
        self.ids.setdefault(recorded, made["participant"]["id"])
        self._roles.setdefault(recorded, role)

    async def _ask(self, method: str, path: str, attributes: Json, step: Json) -> Any:
        """What a provider asks of the API, which lets it."""
        headers = {"Authorization": f"Bearer {self.tokens[step.get('by', 'northgate')]}"}
        if "at" in step:
            headers["X-With-Server-Date"] = step["at"]
        return _content(await self._send(method, f"/api/v3{path}", {"data": {"attributes": attributes}}, headers))

    async def _act(self, method: str, path: str, body: Json, at: str | None = None) -> Any:
        return await self._control(method, f"{path}?world={self._world}", body, at)

    async def _control(self, method: str, path: str, body: Json, at: str | None = None) -> Any:
        return _content(await self._send(method, f"/sandbox{path}", body, {"X-With-Server-Date": at} if at else {}))

    async def _send(self, method: str, path: str, body: Json, headers: Mapping[str, str]) -> Answer:
        content = json.dumps(body).encode()
        return await self._service.send(method, path, content, {"Content-Type": "application/json", **headers})


def _content(answer: Answer) -> Any:
    assert answer.status < 300, answer.text
    return json.loads(answer.text) if answer.text else None
