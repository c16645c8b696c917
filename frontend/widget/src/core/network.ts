/** Every request that the page makes with fetch or XMLHttpRequest; bodies only where they are asked for. */
import { flat } from "./describe.ts";
import type { NetworkEntry } from "./evidence.ts";
import { type Patches, quietly } from "./patches.ts";
import { watchFetch } from "./network_fetch.ts";
import { watchXhr } from "./network_xhr.ts";
import { Ring } from "./ring.ts";
import { withoutSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";

const MOST_BYTES = 256 * 1024;
const LONGEST_URL = 2000;
const LONGEST_HEADER = 300;
export const LONGEST_BODY = 4000;
const HEADERS = new Set(
  (
    "content-type content-length content-encoding cache-control age etag retry-after server server-timing via x-cache " +
    "x-request-id x-correlation-id x-trace-id traceparent"
  ).split(" "),
);

/** What a request tells when it begins. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** What is known when it ended; nothing of it when no answer came. */
export interface Answer {
  readonly status: number;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body?: string | undefined;
}

/** To be called when a request has ended; null: without an answer. */
export type End = (answer: Answer | null) => void;

/** What throws ends there: nothing else will tell of its end. */
export function called(call: () => unknown, end: End | null): unknown {
  try {
    return call();
  } catch (error) {
    quietly(() => end?.(null));
    throw error;
  }
}

export class NetworkCollector {
  readonly #done: Ring<NetworkEntry>;
  readonly #pending = new Set<() => NetworkEntry>();

  constructor(private readonly settings: Settings) {
    this.#done = new Ring<NetworkEntry>(settings.maxNetworkLogs, MOST_BYTES, bytesOf);
  }

  watch(patches: Patches, signal: AbortSignal): void {
    watchFetch(this, patches);
    watchXhr(this, patches, signal);
  }

  get takesBodies(): boolean {
    return this.settings.captureBodies;
  }

  /** What to call when the request has ended; null: nothing went over the network. */
  begin(request: Request): End | null {
    const url = new URL(request.url, document.baseURI).href;
    if (!/^https?:/.test(url)) return null;
    const [timestamp, start] = [Date.now(), performance.now()];
    const entryAs = (answer: Answer | null): NetworkEntry => ({
      method: request.method.toUpperCase(),
      url: flat(withoutSecrets(url), LONGEST_URL),
      status: answer?.status ?? 0,
      duration: Math.round(performance.now() - start),
      timestamp,
      ...sizesOf(request, answer),
      ...(this.takesBodies ? bodiesOf(request, answer) : {}),
    });
    const unanswered = () => entryAs(null);
    if (this.#pending.size < this.settings.maxNetworkLogs) this.#pending.add(unanswered);
    let isOver = false;
    return (answer) => {
      if (isOver) return;
      isOver = true;
      this.#pending.delete(unanswered);
      const entry = entryAs(answer);
      if (this.#isWanted(entry)) this.#done.push(entry);
    };
  }

  /** With those that wait for their answer yet: it may be what is wrong. */
  entries(): readonly NetworkEntry[] {
    const waiting = [...this.#pending].map((entry) => entry()).filter((entry) => this.#isWanted(entry));
    return [...this.#done.entries(), ...waiting];
  }

  /** What a filter fails on, the page may have wanted to keep back. */
  #isWanted(entry: NetworkEntry): boolean {
    try {
      return this.settings.networkFilter?.(entry) !== false;
    } catch {
      return false;
    }
  }
}

function sizesOf(request: Request, answer: Answer | null): Partial<NetworkEntry> {
  const headers = [...(answer?.headers ?? [])].filter(([name]) => HEADERS.has(name.toLowerCase()));
  const kept = headers.map(([name, value]) => [name.toLowerCase(), flat(withoutSecrets(value), LONGEST_HEADER)] as const);
  const responseHeaders = Object.fromEntries(kept);
  const [requestSize, responseSize] = [sizeOf(request.body), Number(responseHeaders["content-length"] ?? Number.NaN)];
  return {
    ...(requestSize === null ? {} : { requestSize }),
    ...(Number.isFinite(responseSize) ? { responseSize } : {}),
    ...(kept.length > 0 ? { responseHeaders } : {}),
  };
}

function bodiesOf(request: Request, answer: Answer | null): Partial<NetworkEntry> {
  const { body } = request;
  const sent = typeof body === "string" || body instanceof URLSearchParams ? String(body) : null;
  return {
    ...(sent ? { requestBody: clean(sent) } : {}),
    ...(answer?.body ? { responseBody: clean(answer.body) } : {}),
  };
}

/** Cut after the secrets are out: half a token is none that a pattern knows. */
function clean(body: string): string {
  return flat(withoutSecrets(flat(body, 4 * LONGEST_BODY)), LONGEST_BODY);
}

/** null: only the browser will know. */
function sizeOf(body: unknown): number | null {
  if (typeof body === "string") return body.length;
  if (body instanceof Blob) return body.size;
  return body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? body.byteLength : null;
}

function bytesOf({ url, responseHeaders, requestBody, responseBody }: NetworkEntry): number {
  const headers = Object.entries(responseHeaders ?? {}).flat().join("");
  return 2 * (url + headers + (requestBody ?? "") + (responseBody ?? "")).length + 200;
}
