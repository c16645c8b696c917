// When a token ends, and whether that is soon enough to say so.
export const DAY = 86_400_000;
const SOON = 14 * DAY;

export type Expiry = "never" | "later" | "soon" | "ended";

export function expiryOf(expiresAt: string | null, now: number): Expiry {
  if (expiresAt === null) return "never";
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return "ended";
  return left <= SOON ? "soon" : "later";
}
