/** What the project says of its widget. The widget works without it: offline, or with a key that is no more. */
import type { Remote } from "./settings.ts";

export async function askRemote(api: string, projectKey: string, ask: typeof fetch, signal: AbortSignal): Promise<Remote> {
  try {
    const response = await ask(`${api}/projects/widget-config`, {
      headers: { "X-API-Key": projectKey },
      credentials: "omit",
      signal,
    });
    const told: unknown = response.ok ? await response.json() : null;
    return told instanceof Object ? told : {};
  } catch {
    return {};
  }
}
