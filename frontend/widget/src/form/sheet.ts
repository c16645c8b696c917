/** What the reporter wrote, added and took out, and what becomes of it when it is sent. */
import type { Evidence } from "../core/evidence.ts";
import type { Annotated, Picture } from "../core/picture.ts";
import type { Draft, Enclosure } from "../core/sending.ts";
import type { Filled } from "../core/panel.ts";

export const PARTS = ["console", "network", "actions", "environment"] as const;
export type Part = (typeof PARTS)[number];

export interface Sheet {
  readonly draft: Draft;
  readonly evidence: Evidence;
  /** Parts by name, entries by identity, and lines of the environment by name. */
  readonly leftOut: ReadonlySet<unknown>;
  readonly picture: Picture | null;
  readonly annotated: Annotated | null;
  readonly files: readonly File[];
  /** What no human sees and only a machine fills in. */
  readonly honey: string;
}

export function blankDraft(email: string): Draft {
  return { title: "", description: "", severity: "low", category: "bug", email };
}

export function filledOf(sheet: Sheet, keepsOriginal: boolean): Filled {
  const { title, description, email } = sheet.draft;
  return {
    draft: { ...sheet.draft, title: title.trim(), description: description.trim(), email: email.trim() },
    evidence: {
      console: keptOf(sheet, "console"),
      network: keptOf(sheet, "network"),
      actions: keptOf(sheet, "actions"),
      environment: keptEnvironment(sheet),
    },
    enclosures: [...shotsOf(sheet, keepsOriginal), ...attachmentsOf(sheet)],
    drawing: sheet.annotated?.drawing ?? null,
    captureWarnings: sheet.picture?.warnings ?? [],
    honeypot: sheet.honey,
  };
}

/** The entries of a list that the reporter left in. */
function keptOf<Name extends "console" | "network" | "actions">(sheet: Sheet, part: Name): Evidence[Name] {
  const entries: readonly unknown[] = sheet.leftOut.has(part) ? [] : sheet.evidence[part];
  return entries.filter((entry) => !sheet.leftOut.has(entry)) as unknown as Evidence[Name];
}

function keptEnvironment({ evidence, leftOut }: Sheet): Partial<Evidence["environment"]> {
  const lines = leftOut.has("environment") ? [] : Object.entries(evidence.environment);
  return Object.fromEntries(lines.filter(([name]) => !leftOut.has(name)));
}

/** What was hidden in a picture leaves only where the project keeps originals. */
function shotsOf({ picture, annotated }: Sheet, keepsOriginal: boolean): Enclosure[] {
  if (!picture) return [];
  const isHidden = annotated?.hides === true;
  const drawn = annotated?.annotated ?? (isHidden && keepsOriginal ? annotated.base : null);
  const taken = isHidden && !keepsOriginal ? annotated.base : picture.blob;
  return [enclosure("screenshot", taken), ...(drawn ? [enclosure("annotated", drawn)] : [])];
}

function enclosure(use: "screenshot" | "annotated", blob: Blob): Enclosure {
  return { use, name: `${use}.${blob.type.split("/")[1] ?? "png"}`, blob };
}

const attachmentsOf = ({ files }: Sheet): Enclosure[] =>
  files.map((blob) => ({ use: "attachment", name: blob.name, blob }));
