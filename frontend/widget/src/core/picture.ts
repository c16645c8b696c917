/** A picture of the page, from its taking to what is uploaded. Sizes are pixels of the picture. */
import type { AnnotateWords } from "../annotate/words.ts";

export interface Picture {
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
  /** What could not be drawn, one sentence each, counted: "2 cross-origin images". */
  readonly warnings: readonly string[];
}

export interface CaptureOptions {
  /** CSS selectors whose elements are covered by solid boxes. */
  readonly mask: readonly string[];
  readonly timeoutMs: number;
  /** Our own host element, which is never in the picture. */
  readonly without: Element;
}

/** Rejects with a `CaptureFault`; there is never a stand-in for a picture. */
export type Capture = (options: CaptureOptions) => Promise<Picture>;

export class CaptureFault extends Error {
  constructor(readonly code: "timeout" | "too_large" | "denied" | "unsupported" | "failed") {
    super(code);
  }
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `color` is `#rrggbb`, `width` a stroke's; `box` is x, y, width, height. */
export type Shape =
  | { readonly kind: "pen"; readonly color: string; readonly width: number; readonly points: readonly Point[] }
  | { readonly kind: "arrow"; readonly color: string; readonly width: number; readonly from: Point; readonly to: Point }
  | {
      readonly kind: "rectangle" | "ellipse" | "highlight";
      readonly color: string;
      readonly width: number;
      readonly box: Box;
    }
  | { readonly kind: "text"; readonly color: string; readonly size: number; readonly at: Point; readonly text: string };

export type Box = readonly [x: number, y: number, width: number, height: number];

/** Stored as `metadata.annotation`; what was pixelated or cut off is not in it, it is gone from the picture. */
export interface Drawing {
  readonly v: 1;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** `base` is the picture with crop and pixelation burned in, `annotated` the same with the shapes (null: there are none). */
export interface Annotated {
  readonly base: Blob;
  readonly annotated: Blob | null;
  readonly drawing: Drawing;
  /** Something was pixelated or cut off, so the picture as it was taken is not for anybody. */
  readonly hides: boolean;
}

export interface AnnotateOptions {
  readonly words: AnnotateWords;
  /** What was drawn on this picture before, when it is opened again. */
  readonly drawing?: Drawing;
  /** Closes the tool as its Cancel does. */
  readonly signal?: AbortSignal;
}

/** The annotation tool fills `room`, an empty element in our shadow root, and answers null when it is cancelled. */
export type Annotate = (picture: Picture, room: HTMLElement, options: AnnotateOptions) => Promise<Annotated | null>;

/** Every way to a picture. `share` is null where the browser has no `getDisplayMedia`. */
export interface PictureTools {
  readonly take: Capture;
  readonly share: Capture | null;
  /** A picture that was pasted, dropped or chosen. Rejects with a `CaptureFault` what is none. */
  readonly read: (file: Blob) => Promise<Picture>;
  readonly annotate: Annotate;
}
