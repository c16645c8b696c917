/** Never loses a report, never sends it twice: it is put on the shelf first, and taken off when the server has it. */
import type { Delivery, News, Outcome, Parcel } from "../core/sending.ts";
import { ask } from "./asking.ts";
import type { Server } from "./asking.ts";
import { openDrafts } from "./drafts.ts";
import { hasExpired, isDue, keep, postponed } from "./parcels.ts";
import type { Kept } from "./parcels.ts";
import { send } from "./sending.ts";
import type { Sent } from "./sending.ts";
import { openShelf } from "./shelf.ts";
import { makeTurns } from "./turns.ts";

export interface DeliveryOptions {
  /** With `/api/v1`, without a slash at the end. */
  readonly endpoint: string;
  readonly projectKey: string;
  /** The browser's own, not one that is patched; default: what `fetch` is now. */
  readonly fetch?: typeof fetch;
  /** Told what becomes of reports that were kept; default: nobody is. */
  readonly onNews?: (news: News) => void;
}

/** When another tab is at it, or the clock is late. */
const SHORTEST_PAUSE_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** The report itself is at fault; anything else (a key, an origin, an address) its site can set right within days. */
const FINAL = new Set([400, 413, 422]);

export function createDelivery(options: DeliveryOptions): Delivery {
  const { endpoint, projectKey, onNews = () => undefined } = options;
  const server: Server = { endpoint, projectKey, fetch: options.fetch ?? fetch.bind(globalThis) };
  const shelf = openShelf();
  const drafts = openDrafts(projectKey);
  const inTurn = makeTurns();
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function submit(parcel: Parcel): Promise<Outcome> {
    const kept = keep(parcel, endpoint, projectKey, Date.now());
    const outcome = await inTurn(kept.id, async () => {
      // From here on it is the shelf that must not lose it: a draft beside it would be sent as another report.
      const draft = drafts.load();
      if (await shelf.put(kept)) drafts.save(null);
      const settled = await settle(await send(server, kept), kept);
      drafts.save(settled.kind === "refused" ? draft : null);
      return settled;
    });
    void schedule();
    return outcome ?? { kind: "kept", why: "busy", lasting: true };
  }

  async function settle(sent: Sent, kept: Kept): Promise<Outcome> {
    if (sent.kind === "postponed") {
      const lasting = await shelf.put(postponed(sent.kept, Date.now(), sent.afterMs, sent.why === "offline" || sent.why === "blocked"));
      return { kind: "kept", why: sent.why, lasting };
    }
    await shelf.remove(kept.id);
    return sent;
  }

  async function sendDue(wakes: boolean): Promise<void> {
    const now = Date.now();
    const all = await shelf.all(endpoint);
    for (const kept of all) {
      if (stopping.signal.aborted) return;
      if (isDue(kept, now, wakes)) await inTurn(kept.id, () => sendKept(kept.id));
    }
    await schedule();
  }

  /** Read again, since another tab may have sent it before its turn came. */
  async function sendKept(id: string): Promise<void> {
    const kept = await shelf.get(id);
    if (!kept) return;
    if (hasExpired(kept, Date.now())) {
      await shelf.remove(id);
      return onNews({ kind: "expired", title: kept.title });
    }
    const sent = await send({ ...server, projectKey: kept.projectKey }, kept);
    const isWaiting = sent.kind === "refused" && !FINAL.has(sent.status);
    const outcome = await settle(isWaiting ? { kind: "postponed", why: "server", afterMs: 0, kept } : sent, kept);
    if (outcome.kind === "sent" || outcome.kind === "refused") onNews({ ...outcome, title: kept.title });
  }

  async function schedule(): Promise<void> {
    const all = await shelf.all(endpoint);
    clearTimeout(timer);
    if (all.length === 0 || stopping.signal.aborted) return;
    const pause = Math.min(...all.map((kept) => kept.dueAt)) - Date.now();
    timer = setTimeout(() => void sendDue(false), Math.min(Math.max(pause, SHORTEST_PAUSE_MS), LONGEST_TIMER_MS));
  }

  const listening = { signal: stopping.signal };
  globalThis.addEventListener("online", () => void sendDue(true), listening);
  document.addEventListener("visibilitychange", () => void (document.visibilityState === "visible" && sendDue(false)), listening);
  void sendDue(true);

  return {
    submit,
    async follow(statusUrl, email) {
      const token = statusUrl.split("/").at(-1);
      const answer = await ask(server, "/reports/follow", JSON.stringify({ token, email }), { "Content-Type": "application/json" });
      return answer.kind === "done";
    },
    loadDraft: drafts.load,
    saveDraft: drafts.save,
    waiting: async () => (await shelf.all(endpoint)).length,
    stop() {
      stopping.abort();
      clearTimeout(timer);
    },
  };
}
