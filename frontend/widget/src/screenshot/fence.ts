/** What the engine is given instead of the browser's own (build/fence.mjs): with these it can reach no other origin. */
import { hatching, isSprite, loadedImage, pixelsOf } from "./images.ts";
import { fetchOwn, isOwn } from "./own.ts";

/** The addresses that were refused, since somebody last emptied it: each is an image that the picture lacks. */
export const refused = new Set<string>();

/**
 * Answers an image of this page with its pixels, which asks nobody; only a sprite is asked of our own origin again.
 * What is refused is answered too, with hatching: the engine would remember an error, and not ask for the next picture.
 */
export async function fetch(address: string): Promise<Response> {
  const url = new URL(address, location.href);
  const own = isOwn(url);
  if (own && isSprite(url)) return fetchOwn(url);
  try {
    return new Response(await pixelsOf(await loadedImage(url, own)));
  } catch (error) {
    if (own) throw error;
    refused.add(url.href);
    return new Response(await hatching());
  }
}

/** The engine asks fonts.gstatic.com for icon fonts; those that the page has loaded are enough. */
export class FontFace {
  load(): Promise<never> {
    return Promise.reject(new TypeError("another origin"));
  }
}

/** What it has to say is no business of the page's console, which we collect besides; what it lacks we count. */
export const console = { debug: nothing, error: nothing, log: nothing, warn: nothing };

function nothing(): void {}

/** A worker from a blob needs `worker-src blob:`, which a strict content security policy does not give. */
export const Worker = undefined;
