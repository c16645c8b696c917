// The public API, typed by its own document: `call("GET /projects/{project_id}", { path: { project_id } })`.
import { answered, renewed, signedOut } from "./session.ts";
import { newKey } from "./idempotency_key.ts";
import { OFFLINE, Refusal, refusalOf } from "./problem.ts";
import { PROOF_WANTED, proved } from "./proof.ts";
import { bodyOf, refused } from "./refused.ts";
import { t } from "../words/words.ts";
import type { Operations } from "./types.ts";

export const API = "/api/v1";
const MOST_WAITS = 3;
const LONGEST_WAIT_SECONDS = 20;
const WRONG_PROOFS = new Set(["invalid_credentials", "invalid_code", "invalid_passkey"]);

type Fields<Path extends string> = Path extends `${string}{${infer Field}}${infer Rest}` ? Field | Fields<Rest> : never;

/** `path` and `body` where the endpoint has them; `ifMatch` is the entity tag that must still hold. */
export type Wish<Name extends keyof Operations> = ([Fields<Name>] extends [never]
  ? unknown
  : { readonly path: Readonly<Record<Fields<Name>, string>> }) &
  ([Operations[Name]["body"]] extends [never] ? unknown : { readonly body: Operations[Name]["body"] }) & {
    readonly query?: Operations[Name]["query"];
    readonly ifMatch?: string;
    readonly signal?: AbortSignal;
    /** Goes out though the page is left. */
    readonly keepalive?: boolean;
    /** That of the same request before, which had no answer; else a new one. */
    readonly idempotencyKey?: string;
  };

interface AnyWish {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
  readonly keepalive?: boolean;
  readonly idempotencyKey?: string;
}

export interface Answer<Name extends keyof Operations> {
  readonly value: Operations[Name]["answer"];
  /** What a later change sends as `ifMatch`. */
  readonly tag: string | null;
}

/** Throws a Refusal. */
export async function call<Name extends keyof Operations>(
  name: Name,
  ...[wish]: object extends Wish<Name> ? [Wish<Name>?] : [Wish<Name>]
): Promise<Operations[Name]["answer"]> {
  return (await callWithTag(name, wish as Wish<Name>)).value;
}

export async function callWithTag<Name extends keyof Operations>(name: Name, wish: Wish<Name>): Promise<Answer<Name>> {
  const response = await ask(name, (wish ?? {}) as AnyWish);
  const value = response.status === 204 ? null : ((await response.json()) as Operations[Name]["answer"]);
  return { value, tag: response.headers.get("ETag") };
}

/** The raw answer, for what is no JSON. Throws a Refusal. */
export async function ask(name: keyof Operations, wish: AnyWish): Promise<Response> {
  const [method = "GET", template = ""] = name.split(" ");
  const url = API + filled(template, wish.path ?? {}) + asked(wish.query ?? {});
  const request: RequestInit = { method, headers: headersOf(method, wish), signal: wish.signal ?? null, keepalive: wish.keepalive ?? false };
  if (wish.body !== undefined) request.body = JSON.stringify(wish.body);
  return settled(url, request);
}

async function settled(url: string, request: RequestInit): Promise<Response> {
  for (let waits = 0; ; waits++) {
    const response = await authenticated(url, request);
    if (response.ok) return response;
    const seconds = waitOf(response);
    if (seconds === null || waits >= MOST_WAITS) {
      const refusal = await refused(response);
      if (refusal.code !== PROOF_WANTED || !(await proved())) throw refusal;
      continue;
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

/** A session's access lasts 15 minutes: renewed once, then the session is over. */
async function authenticated(url: string, request: RequestInit): Promise<Response> {
  const begun = Date.now();
  const response = await fetched(url, request);
  if (response.status !== 401 || (await isWrongProof(response.clone()))) return response;
  if (!(await renewed(begun))) {
    signedOut();
    throw await refused(response);
  }
  return fetched(url, request);
}

/** A wrong password is no ended session, and counts: it is not sent twice. */
async function isWrongProof(response: Response): Promise<boolean> {
  return WRONG_PROOFS.has(refusalOf(401, await bodyOf(response)).code);
}

async function fetched(url: string, request: RequestInit): Promise<Response> {
  const send = (): Promise<Response> => fetch(url, request);
  try {
    // Whoever leaves the page waits for no other tab.
    return await (request.method === "GET" || request.keepalive ? send() : answered(send));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal(0, OFFLINE, t("error.offline"));
  }
}

/** How long the server wants to be left alone; null if that is not what it says. */
function waitOf(response: Response): number | null {
  if (response.status !== 429 && response.status !== 503) return null;
  const seconds = Number(response.headers.get("Retry-After") ?? 1);
  return seconds <= LONGEST_WAIT_SECONDS ? seconds : null;
}

function headersOf(method: string, wish: AnyWish): Record<string, string> {
  return {
    Accept: "application/json",
    ...(wish.body === undefined ? {} : { "Content-Type": "application/json" }),
    // Whatever makes something makes it once, however often it is sent.
    ...(method === "POST" ? { "Idempotency-Key": wish.idempotencyKey ?? newKey() } : {}),
    ...(wish.ifMatch === undefined ? {} : { "If-Match": wish.ifMatch }),
  };
}

function filled(template: string, path: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
}

function asked(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
