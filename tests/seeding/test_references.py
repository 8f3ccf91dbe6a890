"""A member of a record that names another record is known as such: an import in which it dangles is refused."""

from __future__ import annotations

import msgspec
import pytest

from sandbox import model
from sandbox.model import Record
from sandbox.seeding.creation import REFERENCES

RECORDS = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Record)]
# Names that are no references: the retired id is nobody's any more.
NO_REFERENCES = {("IdChange", "from_participant_id"), ("TrainingRecord", "retired_id")}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_a_member_that_is_an_id_says_of_what(kind: type[Record]) -> None:
    ids = {name for name in kind.__struct_fields__ if name.endswith("_id")}
    told = {name for name in ids if (kind.__name__, name) not in NO_REFERENCES}
    missing = told - set(REFERENCES.get(kind, {}))
    assert not missing, f"say in REFERENCES what {kind.__name__}.{', '.join(missing)} refers to"


def test_no_reference_is_of_a_member_that_is_not_there() -> None:
    for kind, members in REFERENCES.items():
        assert set(members) <= {field.name for field in msgspec.structs.fields(kind)}
