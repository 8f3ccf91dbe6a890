"""Lists as CSV."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

from sandbox.edge.provider.csv import as_csv


def resource(**attributes: Any) -> dict[str, Any]:
    return {"id": "7", "type": "thing", "attributes": attributes}


def test_without_records_there_is_nothing_not_even_a_header() -> None:
    assert as_csv([]) == b""


def test_a_header_row_is_followed_by_a_row_for_each_record_without_its_type() -> None:
    assert as_csv([resource(name="Ada", cohort="2021"), resource(name="Zoë", cohort="2022")]) == (
        "id,name,cohort\n7,Ada,2021\n7,Zoë,2022\n".encode()
    )


def test_missing_values_are_empty_quotes_and_truths_are_words() -> None:
    row = as_csv([resource(mentor=None, name="", yes=True, no=False)]).splitlines()[1]
    assert row == b'7,"","",true,false'


def test_times_are_written_as_in_json() -> None:
    at = datetime(2021, 5, 31, 2, 22, 32, 999_999, tzinfo=UTC)
    assert as_csv([resource(at=at)]).splitlines()[1] == b"7,2021-05-31T02:22:32Z"


def test_any_reader_of_csv_gets_back_what_was_written() -> None:
    awkward = ['say "hi"', "a,b", "two\nlines", " padded ", "plain", "\r"]
    written = as_csv([resource(**{f"a{n}": text for n, text in enumerate(awkward)})]).decode()
    assert list(csv.reader(io.StringIO(written, newline="")))[1][1:] == awkward
