// What a bug says, changed by hand: never over what somebody else wrote meanwhile.
import { call, callWithTag } from "../../api/client.ts";
import { Refusal } from "../../api/problem.ts";
import type { ReportDetail } from "../../api/types.ts";

export type Texts = Pick<ReportDetail, "title" | "description" | "given" | "when" | "then" | "notes">;

const MOST_TRIES = 3;

/** What it says now, and which texts of `mine` somebody else changed since `base`. */
export interface Conflict {
  readonly now: Texts;
  readonly names: readonly (keyof Texts)[];
}

/** Null when all is saved. Throws a Refusal. */
export async function saveTexts(id: string, base: Texts, mine: Partial<Texts>): Promise<Conflict | null> {
  const path = { report_id: id };
  for (let tries = 1; ; tries++) {
    const { value: now, tag } = await callWithTag("GET /reports/{report_id}", { path });
    const names = namesIn(mine).filter((name) => now[name] !== base[name] && now[name] !== mine[name]);
    if (names.length > 0) return { now, names };
    try {
      await call("PATCH /reports/{report_id}", { path, body: mine, ...(tag === null ? {} : { ifMatch: tag }) });
      return null;
    } catch (error) {
      // Something of it was changed in between, perhaps only its status.
      if (!(error instanceof Refusal) || error.status !== 412 || tries >= MOST_TRIES) throw error;
    }
  }
}

/** The texts of `base` that `mine` changes. */
export function before(base: Texts, mine: Partial<Texts>): Partial<Texts> {
  return Object.fromEntries(namesIn(mine).map((name) => [name, base[name]]));
}

function namesIn(texts: Partial<Texts>): (keyof Texts)[] {
  return Object.keys(texts) as (keyof Texts)[];
}
