// The session's cookies: renewed by one tab for all, and what happens when they can not be.
const RENEWED_AT = "lacewing.renewed";
const CHANNEL = "lacewing.session";
const ENDED = "ended";
const LOCK = "lacewing.renew";
const LONGEST_HELD_MILLISECONDS = 5_000;

let renewing: Promise<boolean> | undefined;
const channel = new BroadcastChannel(CHANNEL);
channel.addEventListener("message", ({ data }) => {
  if (data === ENDED) leave();
});

/** Whether the session lives on, renewed after `since`. Two renewals at once would look like a stolen token. */
export function renewed(since: number): Promise<boolean> {
  renewing ??= alone(() => renew(since)).finally(() => (renewing = undefined));
  return renewing;
}

/**
 * The answer to what changes something may bring another session: until it is there, no tab renews the old one.
 * One that hangs holds nobody up for long.
 */
export async function answered(send: () => Promise<Response>): Promise<Response> {
  if (!("locks" in navigator)) return send();
  return new Promise((resolve, reject) => {
    const hold = (): Promise<unknown> => {
      const sent = send();
      resolve(sent);
      return Promise.race([sent.catch(() => undefined), new Promise((end) => setTimeout(end, LONGEST_HELD_MILLISECONDS))]);
    };
    navigator.locks.request(LOCK, { mode: "shared" }, hold).catch(reject);
  });
}

/** All tabs of this browser go to the login; what was being written stays in the browser's storage. */
export function signedOut(): void {
  channel.postMessage(ENDED);
  leave();
}

function leave(): void {
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search).replaceAll("%2F", "/")}`);
}

async function renew(since: number): Promise<boolean> {
  if (Number(localStorage.getItem(RENEWED_AT)) > since) return true;
  const response = await fetch("/api/v1/auth/refresh", { method: "POST" }).catch(() => null);
  if (response?.ok) localStorage.setItem(RENEWED_AT, String(Date.now()));
  // Without an answer nothing is known to be over.
  return response === null || response.status !== 401;
}

/** One tab at a time; a plain HTTP page of a LAN has no locks. */
function alone(work: () => Promise<boolean>): Promise<boolean> {
  return "locks" in navigator ? navigator.locks.request(LOCK, work) : work();
}
