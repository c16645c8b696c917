// A project's settings are replaced as a whole: what is changed here is laid over what stands there now.
import { call, callWithTag } from "../api/client.ts";
import { Refusal } from "../api/problem.ts";
import type { ProjectItem } from "../api/types.ts";

const MOST_TRIES = 3;
const OTHERS_WERE_FIRST = 412;
type Changes = Readonly<Record<string, unknown>>;

/** Undefined takes a member away. Throws a Refusal. */
export async function changeSettings(project_id: string, changes: Changes): Promise<ProjectItem> {
  for (let tries = 1; ; tries++) {
    const { value, tag } = await callWithTag("GET /projects/{project_id}", { path: { project_id } });
    const settings = { ...value.settings, ...changes };
    const only = tag === null ? {} : { ifMatch: tag };
    try {
      return await call("PATCH /projects/{project_id}", { path: { project_id }, body: { settings }, ...only });
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== OTHERS_WERE_FIRST || tries === MOST_TRIES) throw error;
    }
  }
}
