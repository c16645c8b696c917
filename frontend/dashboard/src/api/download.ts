// A file of the API, streamed by the browser itself: never held in the page's memory.
import { API, call } from "./client.ts";

/** A link can not renew the session, so that is seen to before. Throws a Refusal. */
export async function download(path: string): Promise<void> {
  await call("GET /auth/me");
  const link = Object.assign(document.createElement("a"), { href: API + path, download: "" });
  link.click();
}
