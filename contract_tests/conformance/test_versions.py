"""v1, v2 and v3 tell the same story about the same record."""

from __future__ import annotations

from typing import Any, Final

from contract_tests.api import Api
from contract_tests.documents.records import attributes, trainings
from contract_tests.errors import ContractBroken, LeftOut
from contract_tests.marks import checks
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage

# What the same is to be shown of in each version is what more than one shows.
OF_THE_TRAINING: Final = sorted(trainings("v1") & trainings("v3"))
OF_THE_DECLARATION: Final = sorted(
    attributes("v1")["participant-declaration"].keys() & attributes("v3")["participant-declaration"].keys()
)
NUMBER: Final = "teacher_reference_number"
PAYABLE: Final = frozenset({"eligible", "payable"})


@checks("check.versions")
def test_a_training_is_the_same_in_each_version(scene: Backstage, target: Target) -> None:
    newest, *others = _versions(scene, target)
    told = {
        enrolment["training_record_id"]: (person, enrolment)
        for person in newest.every("/participants/ecf")
        for enrolment in person["attributes"]["ecf_enrolments"]
    }
    for api in others:
        records = {one["attributes"]["training_record_id"]: one for one in api.every("/participants/ecf")}
        _are_the_same_ones("trainings", api, set(records), set(told))
        for id, record in records.items():
            person, enrolment = told[id]
            _says(api, record, "id", record["id"], person["id"])
            _says(api, record, "full_name", record["attributes"]["full_name"], person["attributes"]["full_name"])
            for name in OF_THE_TRAINING:
                _says(api, record, name, record["attributes"][name], enrolment[name])
            number = person["attributes"][NUMBER]  # v3 shows none that is only said to be
            if number is not None:
                _says(api, record, NUMBER, record["attributes"][NUMBER], number)


@checks("check.versions")
def test_a_declaration_is_the_same_in_each_version(scene: Backstage, target: Target) -> None:
    newest, *others = _versions(scene, target)
    told = {one["id"]: one["attributes"] for one in newest.every("/participant-declarations")}
    for api in others:
        for record in api.every("/participant-declarations"):
            if record["id"] not in told:
                raise ContractBroken(
                    "check.versions", f"declaration {record['id']} of {api.version} in v3", "it is not"
                )
            shown = record["attributes"]
            for name in OF_THE_DECLARATION:
                _says(api, record, name, shown[name], told[record["id"]][name])
            if api.version == "v1":
                _says(api, record, "voided", shown["voided"], shown["state"] == "voided")
                _says(api, record, "eligible_for_payment", shown["eligible_for_payment"], shown["state"] in PAYABLE)


def _versions(scene: Backstage, target: Target) -> list[Api]:
    """The tested versions, the newest first. Skips unless v3 is among several."""
    if "v3" not in target.versions or len(target.versions) < 2:
        raise LeftOut("it compares v3 with another version, and this run does not test both")
    return [scene.provider().in_version(version) for version in sorted(target.versions, reverse=True)]


def _are_the_same_ones(what: str, api: Api, here: set[str], there: set[str]) -> None:
    if here != there:
        only_here, only_there = ", ".join(sorted(here - there)[:5]), ", ".join(sorted(there - here)[:5])
        received = f"only in {api.version}: {only_here or 'none'}; only in v3: {only_there or 'none'}"
        raise ContractBroken("check.versions", f"the same {what} in {api.version} as in v3", received)


def _says(api: Api, record: Any, name: str, here: Any, there: Any) -> None:
    if here != there:
        raise ContractBroken("check.versions", f"{name} of {record['id']} in {api.version}: {there}", str(here))
