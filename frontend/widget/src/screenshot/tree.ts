/** The page as it is seen: through open shadow roots and frames of the same origin. */
import type { Box } from "../core/picture.ts";

export interface Placed {
  readonly element: Element;
  /** From a rectangle in the element's own document to pixels of our viewport. */
  readonly place: (rect: DOMRectReadOnly) => Box;
}

const here = (rect: DOMRectReadOnly): Box => [rect.x, rect.y, rect.width, rect.height];

/** Every element under `root`, and `root`; what is under one that `enters` refuses is left out. */
export function* everyElement(
  root: Element,
  enters: (element: Element) => boolean,
  place: Placed["place"] = here,
): Generator<Placed> {
  yield { element: root, place };
  if (!enters(root)) return;
  for (const child of root.shadowRoot?.children ?? []) yield* everyElement(child, enters, place);
  for (const child of root.children) yield* everyElement(child, enters, place);
  const inner = root.localName === "iframe" ? documentOf(root as HTMLIFrameElement) : null;
  if (inner) yield* everyElement(inner.documentElement, enters, placeIn(root as HTMLIFrameElement, place));
}

/** Null: of another origin, or not there yet. */
export function documentOf(frame: HTMLIFrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    return null;
  }
}

function placeIn(frame: HTMLIFrameElement, place: Placed["place"]): Placed["place"] {
  const outer = frame.getBoundingClientRect();
  const scale = { x: outer.width / (frame.offsetWidth || 1), y: outer.height / (frame.offsetHeight || 1) };
  const origin = { x: outer.x + frame.clientLeft * scale.x, y: outer.y + frame.clientTop * scale.y };
  return ({ x, y, width, height }) =>
    place(new DOMRect(origin.x + x * scale.x, origin.y + y * scale.y, width * scale.x, height * scale.y));
}
