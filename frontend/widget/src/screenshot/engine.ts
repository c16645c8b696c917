/** The one place that knows which engine draws the page: @zumer/snapdom 3.1.1. */
import { snapdom, type SnapdomOptions, type SnapdomPlugin } from "@zumer/snapdom";
import { isScrolledText, standInForText, withNativeEdges } from "./controls.ts";
import { refused } from "./fence.ts";
import { loadedFonts } from "./fonts.ts";
import { withRootMargins } from "./margins.ts";
import { documentOf } from "./tree.ts";

/** More would be four times the bytes for nothing that a reader sees. */
const LARGEST_RATIO = 2;

export interface Drawn {
  readonly canvas: HTMLCanvasElement;
  /** Pixels of the picture for one of the viewport. */
  readonly ratio: number;
  readonly missing: { readonly images: number; readonly fonts: number };
}

/** The viewport as it is seen now, without what `leftOut` names. */
export async function drawViewport(leftOut: (element: Element) => boolean): Promise<Drawn> {
  const ratio = Math.min(devicePixelRatio, LARGEST_RATIO);
  const fonts = await loadedFonts();
  refused.clear();
  try {
    const canvas = await snapdom.toCanvas(document.documentElement, {
      ...wishes(leftOut, ratio, fonts.css),
      backgroundColor: groundOf(document) ?? plainGround(),
    });
    return { canvas, ratio, missing: { images: refused.size, fonts: fonts.missing } };
  } finally {
    clearAway();
  }
}

function wishes(leftOut: (element: Element) => boolean, ratio: number, fonts: string): SnapdomOptions {
  const options: SnapdomOptions = {
    clip: "viewport",
    fast: false,
    // It remembers refusals too, and holds the page's images in memory.
    cache: "disabled",
    // Not `exclude`: a predicate in it is forgotten in frames.
    filter: (element) => !leftOut(element),
    // It would put style sheets into the page, and ask other origins.
    embedFonts: false,
    dpr: ratio,
  };
  const ours: SnapdomPlugin = {
    name: "lacewing",
    resolveNode: (node) => resolved(node, options),
    afterClone: ({ clone, nodeMap }) => {
      if (!clone || !(nodeMap instanceof Map)) return;
      withNativeEdges(clone, nodeMap);
      withRootMargins(clone, nodeMap);
    },
    beforeRender: (context) => {
      context.fontsCSS = fonts;
    },
  };
  options.plugins = [ours];
  return options;
}

/** `undefined`: as the engine does it. */
function resolved(node: Element, options: SnapdomOptions): Promise<Node> | Node | undefined {
  if (isScrolledText(node)) return standInForText(node);
  const inner = node.localName === "iframe" ? documentOf(node as HTMLIFrameElement) : null;
  return inner ? framed(node as HTMLIFrameElement, inner, options) : undefined;
}

/** The engine's own way sets a style sheet into the frame for a while, which is seen, and refused by a strict policy. */
async function framed(frame: HTMLIFrameElement, inner: Document, options: SnapdomOptions): Promise<Node> {
  const box = document.createElement("div");
  box.style.overflow = "hidden";
  const canvas = await snapdom.toCanvas(inner.documentElement, { ...options, backgroundColor: groundOf(inner) });
  const image = document.createElement("img");
  image.src = canvas.toDataURL();
  image.style.cssText = `display: block; width: ${frame.clientWidth}px; height: ${frame.clientHeight}px`;
  box.append(image);
  return box;
}

/** What is behind everything: the root's background, else the body's (CSS Backgrounds 3, 2.11.2). */
function groundOf({ documentElement, body }: Document): string | null {
  const colors = [documentElement, body].map((element) => getComputedStyle(element).backgroundColor);
  return colors.find((color) => color !== "rgba(0, 0, 0, 0)") ?? null;
}

/** What the browser paints where the page paints nothing. */
function plainGround(): string {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  return isDark && getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "#121212" : "#ffffff";
}

/** The engine leaves a hidden frame of its own in the page. */
function clearAway(): void {
  for (const left of document.querySelectorAll("[data-snapdom-internal]")) left.remove();
}
