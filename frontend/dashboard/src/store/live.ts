// The event stream (docs/live.md): one tab of the browser holds it and tells the others.
import { signal } from "@preact/signals";
import { renewed, signedOut } from "../api/session.ts";

export interface LiveEvent {
  readonly type: string;
  /** Empty for what concerns an organization or oneself alone. */
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
const OF_BUGS = /^(?:reports?|reporter|project)\.|^(?:reset|opened)$/;

/** Told soon after something of this kind has happened, once of many. Returns what ends it. */
export function onSoon(test: (type: string) => boolean, listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    listener();
  };
  const end = onLive(({ type }) => {
    if (test(type)) timer ??= setTimeout(tell, SOON_MILLISECONDS);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}

export function onBugs(listener: () => void): () => void {
  return onSoon((type) => OF_BUGS.test(type), listener);
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
    if (!wasOpen || !navigator.onLine) setLive(false);
    await pause(wasOpen ? 0 : failures);
  }
}

/** Whether it was open at all. */
function untilBroken(): Promise<boolean> {
  const query = lastId === null ? "" : `?last_event_id=${lastId}`;
  const source = new EventSource(`/api/v1/events/stream${query}`);
  let wasOpen = false;
  const hear = ({ type, data, lastEventId }: MessageEvent<string>): void => {
    const { projectId, reportId } = JSON.parse(data) as { readonly projectId?: string | null; readonly reportId?: string | null };
    share({ event: { type, projectId: projectId ?? "", reportId: reportId ?? null }, id: lastEventId });
  };
  for (const type of EVENTS) source.addEventListener(type, hear);
  return new Promise((resolve) => {
    source.addEventListener("open", () => {
      wasOpen = true;
      setLive(true);
      // What happened before is in no stream: whoever keeps a copy asks once.
      if (lastId === null) share({ event: { type: OPENED, projectId: "", reportId: null }, id: "" });
    });
    const end = (): void => {
      source.close();
      removeEventListener("offline", end);
      resolve(wasOpen);
    };
    source.addEventListener("error", end);
    // Without a network nobody tells the stream so for minutes.
    addEventListener("offline", end);
  });
}

/** An EventSource hears only of names that it was told. */
const NAMES = {
  report: "created updated deleted merged unmerged commented comment.deleted attachment.added attachment.deleted reporter.named",
  label: "created changed deleted",
  project: "created changed deleted restored",
  reports: "expired imported",
  reporter: "erased",
  account:
    "admin.granted admin.withdrawn changed deleted disabled email.change_asked email.change_undone email.changed email.verified enabled identity.linked identity.unlinked login.failure login.success mfa.disabled mfa.enabled passkey.added passkey.removed password.changed password.reset password.reset_asked recovery_code.used recovery_codes.made",
  device: "approved denied",
  export: "made",
  invitation: "accepted created revoked",
  key: "changed created revoked rotated",
  member: "added changed removed",
  organization: "changed created deleted policy.changed transferred",
  session: "ended proved reuse_detected",
  share_link: "created revoked",
  token: "created leaked reuse_detected revoked rotated",
  webhook: "changed created deleted disabled secret.rotated",
};
const EVENTS = ["reset", ...Object.entries(NAMES).flatMap(([of, those]) => those.split(" ").map((each) => `${of}.${each}`))];

async function isStillSignedIn(): Promise<boolean> {
  const begun = Date.now();
  const answer = await fetch("/api/v1/auth/me").catch(() => null);
  return answer?.status === 401 ? renewed(begun) : true;
}

/** Not all browsers at once, when a server that stopped is there again; at once, when the network is. */
function pause(failures: number): Promise<void> {
  const longest = WAIT_MILLISECONDS[Math.min(failures, WAIT_MILLISECONDS.length - 1)] ?? 0;
  return new Promise((resolve) => {
    const end = (): void => {
      removeEventListener("online", end);
      resolve();
    };
    addEventListener("online", end);
    setTimeout(end, longest * (0.5 + Math.random() / 2));
  });
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
