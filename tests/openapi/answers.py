"""What the sandbox answers the examples of its documents with: written beside them, to be shown with them.

`python -m tests.openapi.answers` writes it anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

import httpx

from sandbox.documents.examples import requests_of
from sandbox.documents.publishing import published

from .documents import DOCUMENTS, FOLDER, document, whole_name
from .fresh import fresh_sandbox

SHOWN: Final = 2  # of a list, and of the lines of a CSV besides its header
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|i[0-9a-f]{10}")  # or of an invitation
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+Z)?")


def answers_of(name: str) -> dict[str, dict[str, Any]]:
    """What each example of a document that is not of a refusal is answered with, as an Example Object."""
    found: dict[str, dict[str, Any]] = {}
    for sent in requests_of(published(document(name))):
        if sent.status >= "400":
            continue
        answer = fresh_sandbox().answer(name, sent)
        assert str(answer.status_code) == sent.status, (sent, answer.text)
        if answer.content:
            shown = {"summary": sent.summary, "value": shortened(content_of(answer))}
            found.setdefault(sent.operation["operationId"], {})[sent.name] = shown
    return found


def content_of(answer: httpx.Response) -> Any:
    """What an answer says."""
    return answer.json() if "json" in answer.headers["content-type"] else answer.text


def shortened(content: Any) -> Any:
    """The beginning of it, where it is long."""
    if isinstance(content, str):
        return "".join(content.splitlines(keepends=True)[: SHOWN + 1]) if "\n" in content else content
    if isinstance(content, list):
        return [shortened(item) for item in content[:SHOWN]]
    if isinstance(content, Mapping):
        tables = content.keys() and all(key.isdecimal() for key in content)
        return {key: shortened(value) for key, value in list(content.items())[: SHOWN if tables else None]}
    return content


def differences(example: Any, answer: Any, place: str = "") -> list[str]:
    """Where an answer is not as its example has it, which may show the beginning; ids and times are made anew."""
    if type(example) is not type(answer):
        return [f"{place}: {example!r} is shown, {answer!r} is answered"]
    if isinstance(example, dict):
        tables = example.keys() and all(key.isdecimal() for key in example)
        if not tables and list(example) != list(answer):
            return [f"{place}: {list(example)} is shown, {list(answer)} is answered"]
        return [each for key in example for each in differences(example[key], answer[key], f"{place}/{key}")]
    if isinstance(example, list):
        if len(example) != min(len(answer), SHOWN):
            return [f"{place}: {len(example)} are shown of {len(answer)}"]
        return [each for at, item in enumerate(example) for each in differences(item, answer[at], f"{place}/{at}")]
    alike = (
        example == answer
        or place.endswith(("/token", "/revision"))
        or (isinstance(example, str) and _is_made(example, answer))
    )
    return [] if alike else [f"{place}: {example!r} is shown, {answer!r} is answered"]


def _is_made(example: str, answer: str) -> bool:
    """True of two ids, and of two times, and of the beginning of a CSV."""
    if any(form.fullmatch(example) and form.fullmatch(answer) for form in (_ID, _TIME)):
        return True
    return "\n" in example and answer.startswith(example)


def main() -> None:
    for name in DOCUMENTS:
        file = FOLDER / f"{whole_name(name)}.answers.json"
        file.write_text(json.dumps(answers_of(name), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
