// What a token may do: all that its person may, or chosen scopes, of which two choices have names.
import type { Scope } from "../api/types.ts";
import { type Key, t } from "../words/words.ts";

export const SCOPES = [
  "reports:read",
  "reports:create",
  "reports:write",
  "comments:write",
  "projects:read",
  "projects:write",
  "stats:read",
  "exports:read",
  "members:read",
  "members:write",
  "organizations:read",
  "organizations:write",
  "webhooks:read",
  "webhooks:write",
  "tokens:read",
  "tokens:write",
  "events:read",
] as const satisfies readonly Scope[];

export const PRESETS = {
  "read-only": SCOPES.filter((scope) => scope.endsWith(":read")),
  ci: SCOPES.filter((scope) => ["reports:read", "reports:create", "projects:read"].includes(scope)),
  all: null,
} as const satisfies Readonly<Record<string, readonly Scope[] | null>>;
export type Preset = keyof typeof PRESETS;

export function scopeWord(scope: Scope): string {
  return t(`scope.${scope}` satisfies Key);
}

/** In a few words; each scope in its own stands behind. */
export function rightsInShort(scopes: readonly Scope[] | null): string {
  if (scopes === null) return t("rights.all");
  const given = sorted(scopes);
  if (given === sorted(PRESETS["read-only"])) return t("rights.read-only");
  if (given === sorted(PRESETS.ci)) return t("rights.ci");
  return t("rights.some", { count: scopes.length });
}

function sorted(scopes: readonly Scope[]): string {
  return [...scopes].sort().join(" ");
}
