// Types by openapi-typescript, requests by openapi-fetch.
import createClient from "openapi-fetch";
import type { paths } from "./types";

declare const process: { argv: string[] };
const [url = "", token = "", started = "", refused = ""] = process.argv.slice(2);

function client(bearer: string) {
  return createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${bearer}` } });
}

async function main(): Promise<void> {
  const query = { "page[per_page]": 2 };
  const listed = await client(token).GET("/participants{ecf}", { params: { query } });
  const declared = await client(token).POST("/participant-declarations", { body: JSON.parse(started) });
  const declined = await client(token).POST("/participant-declarations", { body: JSON.parse(refused) });
  const stranger = await client(`${token}-revoked`).GET("/participants{ecf}", { params: { query } });
  const error = declined.error;
  const title = typeof error === "object" && "errors" in error ? error.errors[0]?.title : undefined;
  console.log(
    listed.response.status,
    listed.data?.data.length,
    declared.response.status,
    declared.data?.data.attributes.state,
    declined.response.status,
    title,
    stranger.response.status,
  );
}

void main();
