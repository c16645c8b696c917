/** Where a report is written: what is on it now, and what can be done. Knows of no element but the widget's own. */
import type { AnnotateWords } from "../annotate/words.ts";
import { CaptureFault, type Annotated, type AnnotateOptions, type Capture, type Picture } from "../core/picture.ts";
import { tell } from "../core/fault.ts";
import type { PanelNeeds } from "../core/panel.ts";
import type { Draft, News, Outcome } from "../core/sending.ts";
import type { Settings } from "../core/settings.ts";
import { faultOf, LARGEST_BYTES, MOST_FILES, type FileFault } from "./files.ts";
import { blankDraft, filledOf, type Sheet } from "./sheet.ts";

const PATIENCE_MS = 8000;
const PICTURES = ["image/png", "image/jpeg", "image/webp"];

export type Note = { readonly word: "takeFailed" | "takeDenied" | "takeTooLarge" | "annotateFailed" | "failed" } | FileNote;
export interface FileNote {
  readonly word: FileFault;
  readonly name: string;
}

/** `stage` is where the reporter is; `done` has an outcome that is not `refused`, which stays in the form. */
export interface State {
  readonly sheet: Sheet;
  readonly stage: "writing" | "taking" | "sharing" | "drawing" | "sending" | "done";
  readonly outcome: Outcome | null;
  readonly note: Note | null;
  /** Sending was tried: what is missing is said from now on. */
  readonly isChecked: boolean;
  readonly waiting: number;
  /** What became of reports that were kept, since the form was closed last. */
  readonly news: readonly News[];
  readonly isCopied: boolean;
  readonly followed: "no" | "asking" | "yes" | "failed";
}

export class Desk {
  state: State;
  private closing = new AbortController();
  private adding: Promise<void> = Promise.resolve();

  constructor(
    private readonly needs: PanelNeeds,
    private readonly root: HTMLElement,
    private readonly settings: () => Settings,
    private readonly annotateWords: () => Promise<AnnotateWords>,
    private readonly redraw: () => void,
  ) {
    this.state = this.fresh(this.needs.delivery.loadDraft());
  }

  /** With what the page has logged until now, and with what was written before. */
  open(): void {
    const { draft } = this.state.sheet;
    const known = { ...draft, email: draft.email || this.needs.email() };
    this.state = { ...this.state, sheet: { ...this.state.sheet, draft: known, evidence: this.needs.evidence() } };
    void this.needs.delivery.waiting().then((waiting) => this.set({ waiting }));
  }

  /** What is shown as kept, and is sent meanwhile, is shown as sent. */
  hear(news: News): void {
    const { stage, outcome, sheet, news: before } = this.state;
    const isShown = stage === "done" && outcome?.kind === "kept" && news.title === sheet.draft.title.trim();
    if (isShown && news.kind === "sent") this.set({ outcome: news });
    else this.set({ news: [...before, news] });
  }

  /** An outcome that was read makes room for the next report, unless the page withheld this one. One that is still to
   *  come is shown at the next opening. */
  close(): void {
    this.closing.abort();
    this.closing = new AbortController();
    const { stage, outcome } = this.state;
    const isOver = stage === "done" && outcome?.kind !== "withheld";
    if (isOver) this.state = this.fresh(null);
    else this.state = { ...this.state, news: [], stage: stage === "done" ? "writing" : stage };
  }

  get canShare(): boolean {
    return this.needs.pictures.share !== null;
  }

  readonly write = (changed: Partial<Draft>): void => {
    const draft = { ...this.state.sheet.draft, ...changed };
    this.change({ draft });
    this.needs.delivery.saveDraft(draft);
  };

  readonly change = (changed: Partial<Sheet>): void => this.set({ sheet: { ...this.state.sheet, ...changed } });

  readonly take = (): Promise<void> => this.capture("taking", this.needs.pictures.take);
  readonly share = (): Promise<void> => this.capture("sharing", this.needs.pictures.share);

  /** One after the other: the first picture is the report's own; what follows, and every other file, is attached. */
  readonly add = (files: readonly File[]): void => {
    this.adding = this.adding.then(() => this.addAll(files));
  };

  private async addAll(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const { picture, files: before } = this.state.sheet;
      const fault = faultOf(file, before.length);
      if (fault) this.set({ note: { word: fault, name: file.name } });
      else if (!picture && this.settings().enableScreenshot && PICTURES.includes(file.type)) await this.read(file);
      else this.change({ files: [...before, file] });
    }
  }

  /** The drawing tool stands in a room of its own, which is there while the stage is `drawing`. */
  readonly annotate = async (): Promise<void> => {
    const { picture, annotated: before } = this.state.sheet;
    if (this.state.stage !== "writing") return;
    this.set({ stage: "drawing", note: null });
    const room = this.root.querySelector<HTMLElement>(".room");
    if (!picture || !room) return this.set({ stage: "writing" });
    try {
      const annotated = await this.needs.pictures.annotate(leftOf(picture, before), room, await this.drawing(before));
      if (annotated) this.change({ annotated: { ...annotated, hides: annotated.hides || before?.hides === true } });
    } catch (error) {
      this.fail(error, "annotateFailed");
    }
    room.closest("dialog")?.close(); // gives the focus back to where it was
    this.set({ stage: "writing" });
  };

  readonly send = async (): Promise<void> => {
    this.set({ isChecked: true, outcome: null, note: null });
    if (faultsOf(this.state.sheet.draft).length > 0) return;
    this.set({ stage: "sending" });
    try {
      this.settle(await this.needs.send(filledOf(this.state.sheet, this.settings().keepOriginal)));
    } catch (error) {
      this.fail(error, "failed");
      this.set({ stage: "writing" });
    }
  };

  readonly follow = async (statusUrl: string, email: string): Promise<void> => {
    this.change({ draft: { ...this.state.sheet.draft, email } });
    this.set({ followed: "asking" });
    const isTold = await this.needs.delivery.follow(statusUrl, email).catch(() => false);
    this.set({ followed: isTold ? "yes" : "failed" });
  };

  readonly again = (): void => this.set(this.state.outcome?.kind === "withheld" ? { stage: "writing" } : this.fresh(null));

  set(changed: Partial<State>): void {
    this.state = { ...this.state, ...changed };
    this.redraw();
  }

  private fresh(draft: Draft | null): State {
    const sheet = {
      draft: draft ?? blankDraft(this.state?.sheet.draft.email || this.needs.email()),
      evidence: this.needs.evidence(),
      ...{ leftOut: new Set(), picture: null, annotated: null, files: [], honey: "" },
    };
    return { sheet, stage: "writing", outcome: null, note: null, isChecked: false, waiting: 0, news: [], isCopied: false, followed: "no" };
  }

  /** What was sent or kept is no draft any more; what was refused or withheld still is. */
  private settle(outcome: Outcome): void {
    if (outcome.kind === "sent" || outcome.kind === "kept") this.needs.delivery.saveDraft(null);
    this.set({ outcome, stage: outcome.kind === "refused" ? "writing" : "done" });
  }

  /** Not beside anything else: what is being sent would be there to be sent again. */
  private async capture(stage: "taking" | "sharing", capture: Capture | null): Promise<void> {
    if (!capture || this.state.stage !== "writing") return;
    this.set({ stage, note: null });
    try {
      const picture = await capture({ mask: this.settings().mask, timeoutMs: PATIENCE_MS, without: (this.root.getRootNode() as ShadowRoot).host });
      this.change({ picture, annotated: null });
    } catch (error) {
      this.fail(error, wordOf(error));
    }
    this.set({ stage: "writing" });
  }

  private async drawing(before: Annotated | null): Promise<AnnotateOptions> {
    const { signal } = this.closing;
    return { words: await this.annotateWords(), signal, ...(before && { drawing: before.drawing }) };
  }

  private async read(file: File): Promise<void> {
    try {
      this.change({ picture: await this.needs.pictures.read(file), annotated: null });
    } catch (error) {
      this.set({ note: { word: "fileKind", name: file.name } });
      tell(this.settings(), error);
    }
  }

  private fail(error: unknown, word: Exclude<Note, FileNote>["word"]): void {
    this.set({ note: { word } });
    tell(this.settings(), error);
  }
}

export type DraftFault = "titleMissing" | "emailWrong";

export function faultsOf({ title, email }: Draft): DraftFault[] {
  const isAddress = /^\s*([^\s@]+@[^\s@]+)?\s*$/.test(email);
  return [...(title.trim() ? [] : ["titleMissing" as const]), ...(isAddress ? [] : ["emailWrong" as const])];
}

/** What the words of a note need. */
export const placesOf = (note: Note): Record<string, string | number> =>
  "name" in note ? { name: note.name, limit: note.word === "fileMany" ? MOST_FILES : `${LARGEST_BYTES / 1024 / 1024} MB` } : {};

/** What was hidden once stays hidden: it is drawn on further where the last drawing ended. */
function leftOf(picture: Picture, before: Annotated | null): Picture {
  return before ? { ...picture, blob: before.base, width: before.drawing.width, height: before.drawing.height } : picture;
}

function wordOf(error: unknown): "takeFailed" | "takeDenied" | "takeTooLarge" {
  const code = error instanceof CaptureFault ? error.code : "failed";
  return code === "denied" ? "takeDenied" : code === "too_large" ? "takeTooLarge" : "takeFailed";
}
