/** Requests of the page's own origin, which its content security policy may refuse: one refusal is enough. */
let isRefused = false;

export function isOwn(url: URL): boolean {
  return url.origin === location.origin || url.protocol === "blob:" || url.protocol === "data:";
}

/** Rejects as `fetch` does. */
export async function fetchOwn(url: URL): Promise<Response> {
  if (isRefused || !isOwn(url)) throw new TypeError("refused");
  const hearRefusal = ({ blockedURI }: SecurityPolicyViolationEvent) => {
    isRefused ||= blockedURI === url.href;
  };
  document.addEventListener("securitypolicyviolation", hearRefusal);
  try {
    return await window.fetch(url, { signal: AbortSignal.timeout(WAIT_MS) });
  } finally {
    // The event comes after the rejection.
    setTimeout(() => document.removeEventListener("securitypolicyviolation", hearRefusal));
  }
}

const WAIT_MS = 3000;
