// A bug that need not be in memory, like one that was closed long ago.
import { call } from "../api/client.ts";
import { type Bug, bugOf } from "./bug.ts";
import { bugWithId, putBugs } from "./bugs.ts";

/** Throws a Refusal. */
export async function readBug(id: string): Promise<Bug> {
  const known = bugWithId(id);
  if (known !== undefined) return known;
  const read = bugOf(await call("GET /reports/{report_id}", { path: { report_id: id } }));
  putBugs([read]);
  return read;
}
