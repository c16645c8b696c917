/** What the engine is given instead of the browser's own (build/fence.mjs): with these it can reach no other origin. */

/** Rejects, as a failed request does, what is neither of this origin nor in this page already. */
export async function fetch(address: string, init?: RequestInit): Promise<Response> {
  const { origin } = new URL(address, location.href);
  if (origin !== location.origin) throw new TypeError("another origin");
  return window.fetch(address, init);
}

/** The engine asks fonts.gstatic.com for icon fonts; those that the page has loaded are enough. */
export class FontFace {
  load(): Promise<never> {
    return Promise.reject(new TypeError("another origin"));
  }
}

/** A worker from a blob needs `worker-src blob:`, which a strict content security policy does not give. */
export const Worker = undefined;
