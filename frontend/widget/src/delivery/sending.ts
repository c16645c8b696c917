/** Takes one kept report to the server: first what goes with it, then itself. */
import type { Hindrance, Outcome } from "../core/sending.ts";
import { ask, text } from "./asking.ts";
import type { Server } from "./asking.ts";
import type { Kept, KeptEnclosure } from "./parcels.ts";

export type Sent =
  | Extract<Outcome, { kind: "sent" }>
  | (Extract<Outcome, { kind: "refused" }> & { readonly status: number })
  /** What was uploaded by then is in `kept`, and not uploaded again. */
  | { readonly kind: "postponed"; readonly why: Hindrance; readonly afterMs: number; readonly kept: Kept };

/** The server keeps an upload for 24 hours. */
const UPLOAD_HOLDS_MS = 20 * 3_600_000;
/** So often an upload may come to no answer: a proxy that takes less than we do tells a page nothing that it may read. */
const PATIENCE = 3;
const REFUSED_AS_A_WHOLE = new Set([401, 403]);
const PATHS = { screenshot: "/upload/screenshot", annotated: "/upload/screenshot", attachment: "/upload/attachment" };

export async function send(server: Server, kept: Kept): Promise<Sent> {
  const warnings: string[] = [];
  let enclosures = kept.enclosures;
  for (const [at, enclosure] of enclosures.entries()) {
    if (Date.now() - (enclosure.uploadedAt ?? 0) < UPLOAD_HOLDS_MS) continue;
    const answer = await upload(server, enclosure);
    if (answer.kind === "later" && !(answer.why === "offline" && kept.attempts >= PATIENCE)) {
      return { ...answer, kind: "postponed", kept: { ...kept, enclosures } };
    }
    if (answer.kind === "no" && REFUSED_AS_A_WHOLE.has(answer.status)) return { ...answer, kind: "refused" };
    // A report is worth more than its picture: it goes without one that the server, or a proxy before it, does not take.
    if (answer.kind !== "done") warnings.push(`${enclosure.name}: ${answer.kind === "no" ? answer.message || answer.code : answer.why}`);
    const uploaded = answer.kind === "done" ? { ...enclosure, key: text(answer.body["key"]) ?? "", uploadedAt: Date.now() } : enclosure;
    enclosures = enclosures.with(at, uploaded);
  }
  const answer = await ask(server, "/reports", withKeys(kept.report, enclosures), {
    "Content-Type": "application/json",
    "Idempotency-Key": kept.id,
  });
  if (answer.kind === "later") return { ...answer, kind: "postponed", kept: { ...kept, enclosures } };
  if (answer.kind === "no") return { ...answer, kind: "refused" };
  const trackingId = text(answer.body["trackingId"]);
  if (!trackingId) return { kind: "postponed", why: "server", afterMs: 0, kept: { ...kept, enclosures } };
  return { kind: "sent", trackingId, statusUrl: text(answer.body["statusUrl"]), warnings: [...warnings, ...texts(answer.body["warnings"])] };
}

function upload(server: Server, { use, name, blob }: KeptEnclosure): ReturnType<typeof ask> {
  const form = new FormData();
  form.append("file", blob, name);
  return ask(server, PATHS[use], form);
}

function withKeys(report: string, enclosures: readonly KeptEnclosure[]): string {
  const keyOf = (use: KeptEnclosure["use"]): string | undefined => enclosures.find((each) => each.use === use && each.key)?.key;
  const attachments = enclosures.flatMap(({ use, key }) => (use === "attachment" && key ? [key] : []));
  const told: Record<string, unknown> = JSON.parse(report);
  return JSON.stringify({
    ...told,
    screenshot_url: keyOf("screenshot"),
    annotated_screenshot_url: keyOf("annotated"),
    attachments: attachments.length > 0 ? attachments : undefined,
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
