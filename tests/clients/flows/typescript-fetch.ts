// openapi-generator's typescript-fetch.
import { Configuration, DeclarationRequestFromJSON, DeclarationsApi, ParticipantsApi, ResponseError } from "./client";

declare const process: { argv: string[] };
const [url = "", token = "", started = "", refused = ""] = process.argv.slice(2);

function configured(bearer: string): Configuration {
  return new Configuration({ basePath: url, accessToken: bearer });
}

async function refusal(answer: Promise<unknown>): Promise<Response> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ResponseError) return error.response;
    throw error;
  }
  throw new Error("It was not refused.");
}

async function main(): Promise<void> {
  const declarations = new DeclarationsApi(configured(token));
  const listed = await new ParticipantsApi(configured(token)).listParticipants({ pagePerPage: 2 });
  const declarationRequest = DeclarationRequestFromJSON(JSON.parse(started));
  const declared = await declarations.createDeclaration({ declarationRequest });
  const other = DeclarationRequestFromJSON(JSON.parse(refused));
  const declined = await refusal(declarations.createDeclaration({ declarationRequest: other }));
  const { errors } = (await declined.json()) as { errors: { title: string }[] };
  const stranger = await refusal(new ParticipantsApi(configured(`${token}-revoked`)).listParticipants({}));
  const state = declared.data.attributes.state;
  console.log(200, listed.data.length, 200, state, declined.status, errors[0]?.title, stranger.status);
}

void main();
