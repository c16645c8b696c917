/** What the picture does not show although the page does: counted, and said. */
import { documentOf, everyElement } from "./tree.ts";
import type { IsMasked } from "./masking.ts";

export type Undrawn =
  | "cross-origin image"
  | "cross-origin frame"
  | "closed shadow root"
  | "canvas that can not be read"
  | "video"
  | "web font";

export type Counts = Readonly<Partial<Record<Undrawn, number>>>;

/** Those in the viewport. A closed shadow root is known by an element that has a size and nothing in it. */
export function countUndrawn(root: Element, leftOut: IsMasked): Counts {
  const counts: Partial<Record<Undrawn, number>> = {};
  for (const { element, place } of everyElement(root, (one) => !leftOut(one))) {
    const kind = leftOut(element) ? null : undrawn(element);
    if (kind && isInView(place(element.getBoundingClientRect()))) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

export function sentences(counts: Counts): string[] {
  return Object.entries(counts).map(([what, count]) => `${count} ${count === 1 ? what : plural(what)}`);
}

function plural(what: string): string {
  return what.startsWith("canvas ") ? "canvases that can not be read" : `${what}s`;
}

function undrawn(element: Element): Undrawn | null {
  switch (element.localName) {
    case "img":
      return isReadable(element as HTMLImageElement) ? null : "cross-origin image";
    case "iframe":
      return documentOf(element as HTMLIFrameElement) ? null : "cross-origin frame";
    case "canvas":
      return isReadable(element as HTMLCanvasElement) ? null : "canvas that can not be read";
    case "video":
      return isReadable(element as HTMLVideoElement) ? null : "video";
    default:
      return null;
  }
}

/** What taints a canvas may not be read, whoever serves it. */
function isReadable(source: HTMLImageElement | HTMLCanvasElement | HTMLVideoElement): boolean {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  try {
    context?.drawImage(source, 0, 0, 1, 1);
    context?.getImageData(0, 0, 1, 1);
    return true;
  } catch {
    return false;
  }
}

function isInView([x, y, width, height]: readonly [number, number, number, number]): boolean {
  return width > 0 && height > 0 && x < innerWidth && y < innerHeight && x + width > 0 && y + height > 0;
}
