"""Nobody who could be named, and nothing that a terminal or a page would obey, leaves a run."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests import report
from contract_tests.exchange import Exchange
from contract_tests.masking import Mask
from contract_tests.masking.members import kind_of
from contract_tests.report.text import as_text

from .runs import answers, exchange, failed, passed, read, reported, run_config, skipped

NAME, EMAIL, TRN = "Zebedee O'Quill-Fëather", "zebedee.quill@school.example", "7654321"
CANARIES = ("Zebedee", "ZEBEDEE", "Quill", "zebedee", "7654321", "9080706", "school.example")
ID = "6b0ba0c2-7d8a-4c1a-8f1e-0a4ad6f3b0aa"

ATTRIBUTES = {"full_name": NAME, "email": EMAIL, "teacher_reference_number": TRN, "cohort": "2024"}
PERSON = {"data": {"id": ID, "type": "participant", "attributes": ATTRIBUTES}}
TUTOR = {
    "data": [{"attributes": {"induction_tutor_name": NAME, "induction_tutor_email": EMAIL, "name": "Hill School"}}]
}
PAGE = f"""<html><h1>NoMethodError for {NAME.replace("'", "&#39;")}</h1><p>{NAME.upper()}, Quill-Fëather, {EMAIL}</p>
<pre>#&lt;User id: 7, full_name: "Zebedee Stranger", trn: "9080706"&gt; {{"email"=>"other@school.example"}}</pre>
<a href="/people?q={"Zebedee%20O%27Quill-F%C3%ABather"}">zebedee-o-quill-fëather, zebedee_o_quill_fëather</a></html>"""


def said() -> list[Exchange]:
    """Everything a target may answer that names somebody, in every form."""
    refusal = {"errors": [{"title": "participant_id", "detail": f"{NAME} (TRN {TRN}) is not Zebedee's mentor"}]}
    table = f'id,full_name,email,teacher_reference_number\n{ID},"{NAME}",{EMAIL},{TRN}\n'
    at = "https://api.example/api/v3/participants/ecf"
    return [
        exchange(json.dumps(PERSON), request_body=json.dumps({"data": ATTRIBUTES})),
        exchange(json.dumps(TUTOR, ensure_ascii=False), headers={"x-user": EMAIL, "location": f"{at}?trn={TRN}"}),
        exchange(json.dumps({"fullName": NAME, "Email": [EMAIL], "mentor": {"name": NAME}, "said": f"Hello {NAME}"})),
        exchange(table, headers={"content-type": "text/csv"}),
        exchange(json.dumps(refusal), status=422, url=f"{at}?filter[email]={EMAIL}&filter[full_name]=Zebedee+Who"),
        exchange(PAGE, status=500, headers={"content-type": "text/html"}),
        exchange(json.dumps(PERSON)[:-20], status=200, url=f"{at}/{TRN}"),
    ]


def sentences() -> Iterator[str]:
    """What a scenario may say of it when it fails."""
    yield str(ATTRIBUTES)
    yield f"200 {json.dumps(PERSON).encode()!r}"
    yield f"{NAME} first, then Zebedee; {TRN}; mail {EMAIL}"
    yield json.dumps(PERSON)[:90]


def everything(folder: Path) -> str:
    """All that a report is made of, unpacked."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    packed = "".join(gzip.decompress(file.read_bytes()).decode() for file in files if file.suffix == ".gz")
    return packed + "".join(file.read_text() for file in files if file.suffix != ".gz")


def written(folder: Path, *, show: bool = False) -> str:
    """Every output of a run in which somebody is named wherever a name can stand."""
    config = run_config(show_personal_data=show)
    many = [failed(f"number_{n}", exchanges=said(), received=text, expected=text) for n, text in enumerate(sentences())]
    stopped = {"kind": "stopped", "reason": f"It answered {PAGE}"}
    lines = read(
        passed(exchanges=said()), *many, skipped(reason=f"nobody is like {NAME}"), stopped, answers(), config=config
    )
    whole = reported(*lines, config=config)
    report.write(whole, lines, folder)
    return as_text(whole) + everything(folder)


def test_nobody_is_named_in_any_output(tmp_path: Path) -> None:
    told = written(tmp_path)
    assert [canary for canary in CANARIES if canary in told] == []
    assert ID in told
    assert "Hill School" in told


def test_everybody_is_where_that_is_asked_for(tmp_path: Path) -> None:
    assert [canary for canary in CANARIES if canary not in written(tmp_path, show=True)] == []


def test_equal_values_have_equal_masks_in_every_process_of_a_run() -> None:
    first, second = (Mask(key="the token") for _ in range(2))
    one = json.loads(first.body(json.dumps(PERSON).encode()))["data"]["attributes"]
    assert json.loads(second.body(json.dumps(PERSON).encode()))["data"]["attributes"] == one
    assert first.text(f"{NAME} is {TRN}") == f"{one['full_name']} is {one['teacher_reference_number']}"
    assert first.body(b'{"full_name": "Somebody Else"}') != first.body(json.dumps({"full_name": NAME}).encode())
    assert Mask(key="another token").body(json.dumps(PERSON).encode()) != first.body(json.dumps(PERSON).encode())


def test_whoever_is_listed_again_is_masked_as_by_themselves() -> None:
    somebody, somebody_else = PERSON["data"], {"attributes": {"full_name": "Somebody Else", "name": "Hill School"}}
    mask = Mask(key="the token")
    by_themselves = [json.loads(mask.body(json.dumps(each).encode())) for each in (somebody, somebody_else)]
    for people in ([somebody, somebody_else], [somebody_else, somebody], [somebody], []):
        shown = json.loads(mask.body(json.dumps({"data": people}).encode()))
        assert shown == {"data": [by_themselves[(somebody, somebody_else).index(each)] for each in people]}


def test_what_is_masked_stays_as_it_is() -> None:
    mask = Mask(key="the token")
    once = mask.body(json.dumps(PERSON).encode())
    assert Mask(key="the token").text(once) == once


def test_what_is_no_persons_is_shown() -> None:
    plain = {
        "id": ID,
        "name": "Riverbank School",
        "delivery_partner_name": "Southbank",
        "urn": "123456",
        "teacher_reference_number_validated": True,
        "updated_at": "2024-11-15T09:00:00Z",
        "mentor_id": ID,
        "full_name": None,
        "count": 1234567,
    }
    assert json.loads(Mask().body(json.dumps(plain).encode())) == plain


@pytest.mark.parametrize(
    ("member", "within", "kind"),
    [
        ("full_name", "", "name"),
        ("fullName", "", "name"),
        ("Full name", "", "name"),
        ("induction_tutor_name", "", "name"),
        ("name", "mentors", "name"),
        ("name", "providers", None),
        ("delivery_partner_name", "", None),
        ("lead_provider_name", "participant", None),
        ("induction-tutor-email", "", "email"),
        ("TRN", "", "trn"),
        ("teacherReferenceNumber", "", "trn"),
        ("dateOfBirth", "", "date"),
        ("participant_id", "", None),
    ],
)
def test_what_tells_of_a_person_is_known_by_its_name(member: str, within: str, kind: str | None) -> None:
    assert kind_of(member, within) == kind


ESCAPE, TURN = "\x1b[31mred\x1b[0m\x07\x9b", "\u202egnp"


def test_nothing_of_a_target_is_obeyed_by_a_terminal(tmp_path: Path) -> None:
    evil = f"{ESCAPE}{TURN}\r\u200b\ud800\x00"
    sent = exchange(
        json.dumps({"note": evil}), request_body=evil, headers={"x-note": evil}, url=f"https://api.example/?{evil}"
    )
    lines = read(
        passed(exchanges=[sent, exchange(evil)]),
        failed(exchanges=[sent, exchange(evil)], received=evil, expected=evil),
        skipped(reason=evil),
        {"kind": "stopped", "reason": evil},
        answers(),
    )
    whole = reported(*lines)
    report.write(whole, lines, tmp_path)
    told = as_text(whole) + everything(tmp_path)
    assert [hex(ord(each)) for each in sorted(set(told)) if not each.isprintable() and each not in "\n\t"] == []
    assert "\\u001b[31mred" in told
