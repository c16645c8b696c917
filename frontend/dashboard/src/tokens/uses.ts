// What one does with a new token: ask the API, let the command line act, let a coding agent act.
import type { Key } from "../words/words.ts";

export interface Use {
  readonly title: Key;
  readonly hint: Key;
  readonly code: string;
}

export function usesOf(secret: string, origin: string): readonly Use[] {
  const commands: readonly Use[] = [
    { title: "use.cli", hint: "use.cli_hint", code: `lacewing login ${origin} --token\nlacewing projects list` },
    { title: "use.ci", hint: "use.ci_hint", code: ci(secret, origin) },
  ];
  return [
    { title: "use.curl", hint: "use.curl_hint", code: curl(secret, origin) },
    ...(ofTickets(secret) ? [] : commands),
    { title: "use.mcp", hint: "use.mcp_hint", code: mcp(secret, origin) },
  ];
}

/** What each of the two kinds of token was made for. */
function curl(secret: string, origin: string): string {
  const path = ofTickets(secret) ? "/api/v1/mcp/organizations" : "/api/v1/projects";
  return `curl -H "Authorization: Bearer ${secret}" ${origin}${path}`;
}

function ci(secret: string, origin: string): string {
  return `export LACEWING_URL=${origin}\nexport LACEWING_TOKEN=${secret}\nlacewing reports list`;
}

/** The command line speaks BugSpark's dialect. */
function ofTickets(secret: string): boolean {
  return secret.startsWith("pk_");
}

function mcp(secret: string, origin: string): string {
  const server = { type: "http", url: `${origin}/mcp`, headers: { Authorization: `Bearer ${secret}` } };
  return JSON.stringify({ mcpServers: { lacewing: server } }, null, 2);
}
