// What one is told of: how much is unread, in all tabs, and the reading of it.
import { computed, signal } from "@preact/signals";
import { call } from "../api/client.ts";
import type { NotificationItem } from "../api/types.ts";
import { attempt } from "./attempt.ts";
import { onBugs } from "./live.ts";
import { extended, type Paged, renewed } from "./paged.ts";

const unread = signal(0);
const isCapped = signal(false);
/** What stands beside the bell; nothing where all is read. */
export const unreadWord = computed(() => (unread.value === 0 ? undefined : `${unread.value}${isCapped.value ? "+" : ""}`));
export const inbox = signal<Paged<NotificationItem> | null>(null);
export const isFailed = signal(false);

/** Notifications are made a moment after what they tell of: asked for twice. */
const LATER_MILLISECONDS = 2500;

export function followInbox(): void {
  void refresh();
  onBugs(() => {
    void refresh();
    setTimeout(() => void refresh(), LATER_MILLISECONDS);
  });
  document.addEventListener("visibilitychange", () => !document.hidden && void refresh());
}

export async function loadInbox(): Promise<void> {
  isFailed.value = false;
  try {
    inbox.value = renewed(inbox.value, await call("GET /notifications"));
  } catch {
    isFailed.value = inbox.value === null;
  }
}

/** Throws a Refusal. */
export async function loadOlder(cursor: string): Promise<void> {
  const older = await call("GET /notifications", { query: { cursor } });
  if (inbox.value !== null) inbox.value = extended(inbox.value, older);
}

export function read(item: NotificationItem): void {
  if (item.readAt === null) void mark((each) => each.id === item.id, { ids: [item.id] }, 1);
}

export function readAll(): void {
  void mark(() => true, { all: true }, unread.value);
}

async function refresh(): Promise<void> {
  const before = unread.value;
  try {
    const told = await call("GET /notifications/count");
    unread.value = told.unread;
    isCapped.value = told.isCapped;
  } catch {
    // The next event asks again.
    return;
  }
  if (inbox.value !== null && unread.value !== before) await loadInbox();
}

async function mark(test: (item: NotificationItem) => boolean, body: { readonly ids: string[] } | { readonly all: true }, count: number): Promise<void> {
  const [before, left] = [inbox.value, unread.value];
  const readAt = new Date().toISOString();
  const marked = (item: NotificationItem): NotificationItem => (test(item) && item.readAt === null ? { ...item, readAt } : item);
  if (before !== null) inbox.value = { ...before, items: before.items.map(marked) };
  unread.value = Math.max(0, left - count);
  const takeBack = (): void => {
    inbox.value = before;
    unread.value = left;
  };
  if (await attempt(() => call("POST /notifications/read", { body }), takeBack)) await refresh();
}
