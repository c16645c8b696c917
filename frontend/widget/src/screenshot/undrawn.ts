/** What the picture does not show although the page does: counted, and said. */
import { documentOf, everyElement } from "./tree.ts";
import type { IsMasked } from "./masking.ts";

const PLURALS = {
  "cross-origin image": "cross-origin images",
  "cross-origin frame": "cross-origin frames",
  "closed shadow root": "closed shadow roots",
  "canvas that came out empty": "canvases that came out empty",
  "canvas that may not be read": "canvases that may not be read",
  "video that may not be read": "videos that may not be read",
  "web font": "web fonts",
} as const;

export type Undrawn = keyof typeof PLURALS;
export type Counts = Readonly<Partial<Record<Undrawn, number>>>;

/** Those in the viewport, other than images and fonts, which the engine asks for. */
export function countUndrawn(root: Element, leftOut: IsMasked): Counts {
  const counts: Partial<Record<Undrawn, number>> = {};
  for (const { element, place } of everyElement(root, (one) => !leftOut(one))) {
    const kind = leftOut(element) ? null : undrawn(element);
    if (kind && isInView(place(element.getBoundingClientRect()))) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

export function sentences(counts: Counts): string[] {
  const told = Object.entries(counts) as [Undrawn, number][];
  return told.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${count === 1 ? what : PLURALS[what]}`);
}

function undrawn(element: Element): Undrawn | null {
  switch (element.localName) {
    case "iframe":
      return documentOf(element as HTMLIFrameElement) ? null : "cross-origin frame";
    case "canvas":
      return fateOf(element as HTMLCanvasElement);
    case "video":
      return look(element as HTMLVideoElement) ? null : "video that may not be read";
    default:
      return isClosed(element) ? "closed shadow root" : null;
  }
}

/** WebGL drops what it drew as soon as that is shown, unless it was asked to keep it. */
function fateOf(canvas: HTMLCanvasElement): Undrawn | null {
  const pixels = look(canvas);
  if (!pixels) return "canvas that may not be read";
  return pixels.every((value) => value === 0) ? "canvas that came out empty" : null;
}

/** A few pixels of it; null: tainted, whoever serves it. */
function look(source: HTMLCanvasElement | HTMLVideoElement): Uint8ClampedArray | null {
  const context = new OffscreenCanvas(SAMPLE, SAMPLE).getContext("2d", { willReadFrequently: true });
  try {
    context?.drawImage(source, 0, 0, SAMPLE, SAMPLE);
    return context?.getImageData(0, 0, SAMPLE, SAMPLE).data ?? null;
  } catch {
    return null;
  }
}

const SAMPLE = 16;

/** Nothing tells of a closed shadow root but a custom element that shows something and has nothing in it. */
function isClosed(element: Element): boolean {
  return element.localName.includes("-") && !element.shadowRoot && !element.hasChildNodes();
}

function isInView([x, y, width, height]: readonly [number, number, number, number]): boolean {
  return width > 0 && height > 0 && x < innerWidth && y < innerHeight && x + width > 0 && y + height > 0;
}
