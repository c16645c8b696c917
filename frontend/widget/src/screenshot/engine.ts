/** The one place that knows which engine draws the page. */
import { snapdom } from "@zumer/snapdom";

/** More would be four times the bytes for nothing that a reader sees. */
const LARGEST_RATIO = 2;

export interface Drawn {
  readonly canvas: HTMLCanvasElement;
  /** Pixels of the picture for one of the viewport. */
  readonly ratio: number;
}

/** The viewport as it is seen now, without what `leftOut` names and what stands in it. */
export async function drawViewport(leftOut: (element: Element) => boolean, without: Element): Promise<Drawn> {
  const ratio = Math.min(devicePixelRatio, LARGEST_RATIO);
  const drawn = await snapdom(document.documentElement, {
    clip: "viewport",
    fast: false,
    // Not `exclude`: a predicate in it is forgotten in frames (3.1.1).
    filter: (element) => element !== without && !leftOut(element),
    embedFonts: false,
    backgroundColor: canvasColor(),
    dpr: ratio,
  });
  const canvas = await drawn.toCanvas();
  clearAway();
  return { canvas, ratio };
}

/** The engine leaves a hidden frame of its own in the page. */
function clearAway(): void {
  for (const left of document.querySelectorAll("[data-snapdom-internal]")) left.remove();
}

/** What the browser paints where the page paints nothing. */
function canvasColor(): string {
  return getComputedStyle(document.documentElement).colorScheme.includes("dark") &&
    matchMedia("(prefers-color-scheme: dark)").matches
    ? "#121212"
    : "#ffffff";
}
