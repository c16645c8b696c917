// The event stream (docs/live.md): one tab of the browser holds it and tells the others.
import { signal } from "@preact/signals";
import { renewed, signedOut } from "../api/session.ts";

export interface LiveEvent {
  readonly type: string;
  readonly projectId: string;
  readonly reportId: string | null;
}
interface Heard {
  readonly event: LiveEvent;
  readonly id: string;
}
/** Not the server's: the stream was opened, and begins now. */
export const OPENED = "opened";
type Listener = (event: LiveEvent) => void;

const CHANNEL = "lacewing.live";
const LOCK = "lacewing.live";
const WAIT_MILLISECONDS = [300, 1000, 2000, 4000, 8000];
const listeners = new Set<Listener>();
const channel = new BroadcastChannel(CHANNEL);
let lastId: string | null = null;

/** Whether this browser hears what others change, as it happens. */
export const isLive = signal(true);

/** Told of everything that happens, in whatever tab it is heard. Returns what ends it. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const SOON_MILLISECONDS = 300;

/** Told soon after bugs have changed, once of many. Returns what ends it. */
export function onBugs(listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    listener();
  };
  const end = onLive(({ type }) => {
    if (!type.startsWith("label.")) timer ??= setTimeout(tell, SOON_MILLISECONDS);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}

export function goLive(): void {
  channel.addEventListener("message", ({ data }: MessageEvent<Heard | boolean>) => {
    if (typeof data === "boolean") isLive.value = data;
    else take(data);
  });
  // Whoever has the lock streams until its tab is closed; then the next one gets it.
  if ("locks" in navigator) void navigator.locks.request(LOCK, () => stream());
  else void stream();
}

async function stream(): Promise<never> {
  for (let failures = 0; ; failures++) {
    const wasOpen = await untilBroken();
    if (wasOpen) failures = 0;
    // A stream ends with its session: whether that is so is asked at once.
    if (!(await isStillSignedIn())) signedOut();
    if (!wasOpen) setLive(false);
    await pause(wasOpen ? 0 : failures);
  }
}

/** Whether it was open at all. */
function untilBroken(): Promise<boolean> {
  const query = lastId === null ? "" : `?last_event_id=${lastId}`;
  const source = new EventSource(`/api/v1/events/stream${query}`);
  let wasOpen = false;
  const hear = ({ type, data, lastEventId }: MessageEvent<string>): void => {
    share({ event: { projectId: "", reportId: null, ...(JSON.parse(data) as Partial<LiveEvent>), type }, id: lastEventId });
  };
  for (const type of EVENTS) source.addEventListener(type, hear);
  return new Promise((resolve) => {
    source.addEventListener("open", () => {
      wasOpen = true;
      setLive(true);
      // What happened before is in no stream: whoever keeps a copy asks once.
      if (lastId === null) share({ event: { type: OPENED, projectId: "", reportId: null }, id: "" });
    });
    source.addEventListener("error", () => {
      source.close();
      resolve(wasOpen);
    });
  });
}

const EVENTS = [
  "report.created",
  "report.updated",
  "report.deleted",
  "report.merged",
  "report.unmerged",
  "report.commented",
  "report.comment.deleted",
  "report.attachment.added",
  "report.attachment.deleted",
  "report.reporter.named",
  "label.created",
  "label.changed",
  "label.deleted",
  "project.created",
  "project.changed",
  "project.deleted",
  "project.restored",
  "reports.expired",
  "reporter.erased",
  "reset",
];

async function isStillSignedIn(): Promise<boolean> {
  const begun = Date.now();
  const answer = await fetch("/api/v1/auth/me").catch(() => null);
  return answer?.status === 401 ? renewed(begun) : true;
}

/** Not all browsers at once, when a server that stopped is there again. */
function pause(failures: number): Promise<void> {
  const longest = WAIT_MILLISECONDS[Math.min(failures, WAIT_MILLISECONDS.length - 1)] ?? 0;
  return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
}

function setLive(value: boolean): void {
  if (isLive.value === value) return;
  isLive.value = value;
  channel.postMessage(value);
}

function share(heard: Heard): void {
  channel.postMessage(heard);
  take(heard);
}

/** Every tab knows how far the stream was read: any of them may have to go on. */
function take({ event, id }: Heard): void {
  if (id !== "") lastId = id;
  for (const listener of listeners) listener(event);
}
