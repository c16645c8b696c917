/** Between the core and what the reporter sees. */
import type { Environment, Evidence } from "./evidence.ts";
import type { Drawing, PictureTools } from "./picture.ts";
import type { Delivery, Draft, Enclosure, News, Outcome } from "./sending.ts";
import type { Settings } from "./settings.ts";

/** What the reporter filled in and left in. */
export interface Filled {
  readonly draft: Draft;
  /** Without what was taken out. */
  readonly evidence: Omit<Evidence, "environment"> & { readonly environment: Partial<Environment> };
  readonly enclosures: readonly Enclosure[];
  readonly drawing: Drawing | null;
  /** What the picture does not show; goes along as `metadata.captureWarnings`. */
  readonly captureWarnings: readonly string[];
  /** The field that only machines fill. */
  readonly honeypot: string;
}

export interface PanelNeeds {
  readonly settings: Settings;
  readonly delivery: Pick<Delivery, "follow" | "loadDraft" | "saveDraft" | "waiting">;
  readonly pictures: PictureTools;
  /** What was collected until now; asked once each time that the form opens. */
  evidence(): Evidence;
  /** The address that the page told of its visitor, to begin with. */
  email(): string;
  /** Asks `beforeSend`, sends, and tells the page. Never rejects. */
  send(filled: Filled): Promise<Outcome>;
}

export interface Panel {
  open(): Promise<void>;
  close(): void;
  /** What was learned later, such as what the project says. */
  update(settings: Settings): void;
  /** What became of a report that was kept; the reporter is told at the next look. */
  hear(news: News): void;
  /** Takes every node, listener and timer away. */
  destroy(): void;
}

/** Calls `settings.onOpen` and `settings.onClose` itself: it knows when. */
export type MountPanel = (needs: PanelNeeds) => Panel;
