/** What the reporter is writing, so that a reload does not take it: text only, in this browser, for a day. */
import type { Draft } from "../core/sending.ts";

const KEPT_MS = 24 * 3_600_000;

export interface Drafts {
  load(): Draft | null;
  save(draft: Draft | null): void;
}

export function openDrafts(projectKey: string): Drafts {
  const name = `lacewing:draft:${projectKey}`;
  let inMemory: Draft | null = null;
  return {
    load() {
      try {
        const kept: unknown = JSON.parse(localStorage.getItem(name) ?? "null");
        return isCurrent(kept) ? kept.draft : inMemory;
      } catch {
        return inMemory;
      }
    },
    save(draft) {
      inMemory = draft;
      try {
        if (draft) localStorage.setItem(name, JSON.stringify({ at: Date.now(), draft }));
        else localStorage.removeItem(name);
      } catch {
        // No room, or not allowed: it is kept as long as this page.
      }
    },
  };
}

/** Another version of ours, or the page itself, may have written there. */
function isCurrent(kept: unknown): kept is { readonly at: number; readonly draft: Draft } {
  if (!isObject(kept) || typeof kept["at"] !== "number" || Math.abs(Date.now() - kept["at"]) > KEPT_MS) return false;
  const draft = kept["draft"];
  return isObject(draft) && ["title", "description", "severity", "category", "email"].every((name) => typeof draft[name] === "string");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
