"""openapi-generator's python."""

import json
import sys

from openapi_client import (
    ApiClient,
    ApiException,
    Configuration,
    DeclarationRequest,
    DeclarationsApi,
    ParticipantsApi,
)

url, token, started, refused = sys.argv[1:]


def client(bearer: str) -> ApiClient:
    return ApiClient(Configuration(host=url, access_token=bearer))


declarations = DeclarationsApi(client(token))
listed = ParticipantsApi(client(token)).list_participants(page_per_page=2)
said = ["200", str(len(listed.data))]
declared = declarations.create_declaration(DeclarationRequest.from_json(started))
said += ["200", declared.data.attributes.state.value]
try:
    declarations.create_declaration(DeclarationRequest.from_json(refused))
except ApiException as refusal:
    said += [str(refusal.status), json.loads(refusal.body)["errors"][0]["title"]]
try:
    ParticipantsApi(client(f"{token}-revoked")).list_participants()
except ApiException as refusal:
    said += [str(refusal.status)]
print(*said)
