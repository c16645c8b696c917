// What is done to many bugs goes out in as few requests as there can be.
import { Refusal } from "../api/problem.ts";
import { inLanguage } from "../api/refused.ts";
import type { BulkAnswer, BulkItem } from "../api/types.ts";
import { t } from "../words/words.ts";
import { reasonOf } from "./attempt.ts";
import { sayRefused } from "./toasts.ts";

const MOST_AT_ONCE = 500;
// A browser keeps 64 KB on their way when a page is left.
const MOST_KEPT_ALIVE = 1000;

/** What of it goes out together. */
export interface Some {
  readonly body: { readonly ids: string[] };
  readonly keepalive: boolean;
}

/** All at once, so that whoever leaves has sent them. The reason of each that was refused. */
export async function sendBulk(ids: readonly string[], send: (some: Some) => Promise<BulkAnswer>): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  const keepalive = ids.length <= MOST_KEPT_ALIVE;
  const sendSome = async (some: string[]): Promise<void> => {
    try {
      const { items } = await send({ body: { ids: some }, keepalive });
      for (const item of items) if (!item.ok) refused.set(item.id, await wordsOf(item));
    } catch (error) {
      for (const id of some) refused.set(id, reasonOf(error));
    }
  };
  const begins = Array.from({ length: Math.ceil(ids.length / MOST_AT_ONCE) }, (_, nth) => nth * MOST_AT_ONCE);
  await Promise.all(begins.map((at) => sendSome(ids.slice(at, at + MOST_AT_ONCE))));
  return refused;
}

export function tellRefused(refused: ReadonlyMap<string, string>): void {
  const reasons = new Set(refused.values());
  const [reason = ""] = reasons;
  sayRefused(refused.size === 1 ? reason : t("toast.refused_some", { count: refused.size, reason }));
}

async function wordsOf({ code, detail }: BulkItem): Promise<string> {
  return (await inLanguage(new Refusal(0, code ?? "", detail ?? code ?? ""))).message;
}
