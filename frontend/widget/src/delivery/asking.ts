/** One request to the server, and what its answer means for a report. */
import type { Hindrance } from "../core/sending.ts";

export interface Server {
  /** With `/api/v1`, without a slash at the end. */
  readonly endpoint: string;
  readonly projectKey: string;
  readonly fetch: typeof fetch;
}

/** `later`: the same may be answered otherwise then, at the earliest after `afterMs`. `no`: what the server said. */
export type Answer =
  | { readonly kind: "done"; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: "later"; readonly why: Hindrance; readonly afterMs: number }
  | { readonly kind: "no"; readonly status: number; readonly code: string; readonly message: string };

const SHORTEST_WAIT_MS = 30_000;
/** The slowest line that is waited for: 20 KB a second. */
const BYTES_PER_MS = 20;
const HINDRANCES: Readonly<Record<number, Hindrance>> = { 408: "offline", 409: "busy", 425: "busy", 429: "busy" };

export async function ask(server: Server, path: string, body: BodyInit, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  if (!navigator.onLine) return later("offline");
  const url = server.endpoint + path;
  const policy = watchPolicy(url);
  try {
    const response = await server.fetch(url, {
      method: "POST",
      headers: { "X-API-Key": server.projectKey, ...headers },
      body,
      credentials: "omit",
      signal: AbortSignal.timeout(SHORTEST_WAIT_MS + sizeOf(body) / BYTES_PER_MS),
    });
    return await meaningOf(response);
  } catch {
    // The browser tells of a broken policy in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    return later(policy.isBroken() ? "blocked" : "offline");
  } finally {
    policy.stop();
  }
}

async function meaningOf(response: Response): Promise<Answer> {
  const { status } = response;
  const afterMs = waitIn(response.headers.get("Retry-After"));
  const hindrance = status >= 500 ? "server" : HINDRANCES[status];
  if (hindrance) return { kind: "later", why: hindrance, afterMs };
  const body = await objectIn(response);
  if (response.ok) return body ? { kind: "done", body } : later("server"); // a hotel's login page also answers 200
  return { kind: "no", status, code: text(body?.["code"]) ?? `http_${status}`, message: text(body?.["detail"]) ?? "" };
}

async function objectIn(response: Response): Promise<Readonly<Record<string, unknown>> | null> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === "object" && body !== null ? { ...body } : null;
}

/** RFC 9110: seconds, or a date. */
function waitIn(told: string | null): number {
  if (!told) return 0;
  const ms = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - Date.now();
  return Math.max(0, ms || 0);
}

function watchPolicy(url: string): { readonly isBroken: () => boolean; readonly stop: () => void } {
  const origin = new URL(url).origin;
  let broken = false;
  const heard = (event: SecurityPolicyViolationEvent): void => {
    broken ||= event.disposition === "enforce" && event.effectiveDirective === "connect-src" && event.blockedURI.startsWith(origin);
  };
  document.addEventListener("securitypolicyviolation", heard);
  return { isBroken: () => broken, stop: () => document.removeEventListener("securitypolicyviolation", heard) };
}

function sizeOf(body: BodyInit): number {
  if (typeof body === "string") return body.length;
  if (!(body instanceof FormData)) return 0;
  return [...body.values()].reduce((sum, value) => sum + (typeof value === "string" ? value.length : value.size), 0);
}

function later(why: Hindrance): Answer {
  return { kind: "later", why, afterMs: 0 };
}

export function text(value: unknown): string | null {
  return typeof value === "string" && value ? value : null;
}
