/** A report as it is kept until it is sent: nothing in it changes any more but how far its sending has come. */
import type { Enclosure, Parcel } from "../core/sending.ts";

export interface Kept {
  /** Sent along as the Idempotency-Key: under it the server takes the report once. */
  readonly id: string;
  readonly endpoint: string;
  readonly projectKey: string;
  readonly title: string;
  /** The report as JSON, since what a page put into it need not be fit for a database. */
  readonly report: string;
  readonly enclosures: readonly KeptEnclosure[];
  readonly keptAt: number;
  readonly attempts: number;
  readonly dueAt: number;
  /** It did not reach the server: it is tried again on another page, or as soon as there is a network. */
  readonly isStranded: boolean;
}

export interface KeptEnclosure extends Enclosure {
  /** What the server calls it since `uploadedAt`. */
  readonly key?: string;
  readonly uploadedAt?: number;
}

export const KEPT_MS = 7 * 24 * 3_600_000;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 3_600_000;

export function keep({ report, enclosures, drawing }: Parcel, endpoint: string, projectKey: string, now: number): Kept {
  const metadata = drawing?.shapes.length ? { ...report.metadata, annotation: drawing } : report.metadata;
  const told = { ...report, metadata, trackingId: undefined, wants_status_link: true };
  return {
    id: newId(),
    endpoint,
    projectKey,
    title: report.title,
    report: JSON.stringify(told),
    enclosures,
    keptAt: now,
    attempts: 0,
    dueAt: now,
    isStranded: false,
  };
}

/** Each pause is twice the one before, up to an hour, and anything between half of it and the whole. */
export function postponed(kept: Kept, now: number, afterMs: number, isStranded: boolean, chance = Math.random()): Kept {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(kept.attempts, 10)) * (0.5 + chance / 2);
  return { ...kept, attempts: kept.attempts + 1, dueAt: now + Math.max(pause, afterMs), isStranded };
}

/** What is from the future was kept before the clock was set back: nobody knows when it is due. */
export function isDue(kept: Kept, now: number, wakes: boolean): boolean {
  return kept.dueAt <= now || kept.keptAt > now || (wakes && kept.isStranded) || hasExpired(kept, now);
}

export function hasExpired(kept: Kept, now: number): boolean {
  return now - kept.keptAt > KEPT_MS;
}

/** A random UUID, also on a page without HTTPS, where there is no `crypto.randomUUID`. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, at) => (at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
