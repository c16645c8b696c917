/** From what the reporter wrote to what became of it. */
import type { Evidence } from "./evidence.ts";
import type { Drawing } from "./picture.ts";

export type Severity = "low" | "medium" | "high" | "critical";
export type Category = "bug" | "ui" | "performance" | "crash" | "other";

/** What the reporter wrote and left in; kept in the browser until it is sent. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly email: string;
}

/** What `beforeSend` is given, may change and answers, and `onSubmit` hears with `trackingId`: the original's names. */
export interface Report {
  title: string;
  description: string;
  severity: Severity;
  category: Category;
  console_logs: Evidence["console"];
  network_logs: Evidence["network"];
  user_actions: Evidence["actions"];
  /** What the reporter took out of it is absent. */
  metadata: Readonly<Partial<Evidence["environment"]> & Record<string, unknown>>;
  reporter_identifier?: string;
  /** The honeypot: there only when something filled in what no human sees. */
  hp_field?: string;
  trackingId?: string;
}

/** Each is uploaded before the report; `name` and type say what it is. `screenshot` and `annotated` are at most one each. */
export interface Enclosure {
  readonly use: "screenshot" | "annotated" | "attachment";
  readonly name: string;
  readonly blob: Blob;
}

export interface Parcel {
  readonly report: Report;
  readonly enclosures: readonly Enclosure[];
  readonly drawing: Drawing | null;
}

/** `offline`: the server can not be reached; `busy`: it takes no more for now; `server`: it has failed; `blocked`: the
 *  page's own content security policy forbids it. */
export type Hindrance = "offline" | "busy" | "server" | "blocked";

export type Outcome =
  | { readonly kind: "sent"; readonly trackingId: string; readonly statusUrl: string | null; readonly warnings: readonly string[] }
  /** It is in this browser and goes out by itself; `why` is what the reporter is told. Not `lasting`: the browser
   *  gave no room for it, so it is there only as long as this page. */
  | { readonly kind: "kept"; readonly why: Hindrance; readonly lasting: boolean }
  /** It will never be taken as it is: what the server said, in its words. Nothing of it is lost from the form. */
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  /** `beforeSend` answered null. */
  | { readonly kind: "withheld" };

/** What became of a report that was kept, maybe on an earlier page. */
export type News = { readonly title: string } & (
  | Extract<Outcome, { kind: "sent" | "refused" }>
  /** It could not be sent for as long as it may be kept. */
  | { readonly kind: "expired" }
);

export interface Delivery {
  submit(parcel: Parcel): Promise<Outcome>;
  /** "Tell me when it is fixed", after a report was sent without an address. */
  follow(statusUrl: string, email: string): Promise<boolean>;
  loadDraft(): Draft | null;
  saveDraft(draft: Draft | null): void;
  /** How many wait to be sent. */
  waiting(): Promise<number>;
  stop(): void;
}
