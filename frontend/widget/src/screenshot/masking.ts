/** Which elements are covered, and where they are. The engine leaves them out; `coverBoxes` is the second line. */
import type { Box } from "../core/picture.ts";
import { isSecret } from "./payment.ts";
import { clipped } from "./clipping.ts";
import { everyElement, type Placed } from "./tree.ts";

const ALWAYS = "[data-lacewing-mask], [data-bugspark-mask]";

/** Of no page: a reader sees that something was covered. */
export const COVER = "#3c4043";

export type IsMasked = (element: Element) => boolean;

/** A selector that the browser can not read is left out, and none of the others with it. */
export function maskOf(selectors: readonly string[]): IsMasked {
  const readable = [ALWAYS, ...selectors.filter(isReadable)].join(", ");
  return (element) => element.matches(readable) || isSecretField(element);
}

/** In pixels of the viewport. What is inside of a masked element is under its box. */
export function coverBoxes(isMasked: IsMasked, root: Element): Box[] {
  const boxes: Box[] = [];
  for (const placed of everyElement(root, (element) => !isMasked(element))) {
    if (isMasked(placed.element)) boxes.push(...boxesOf(placed));
  }
  return boxes;
}

export function isReadable(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

/** Its own, and of what is in it that which sticks out. */
function boxesOf({ element, place }: Placed): Box[] {
  const own = element.getBoundingClientRect();
  const boxes = own.width * own.height > 0 ? [] : contentRects(element).map(place);
  for (const inner of everyElement(element, () => true, place)) {
    if (inner.element === element || !isWithin(inner.element.getBoundingClientRect(), own)) boxes.push(...visible(inner));
  }
  return boxes.filter(([, , width, height]) => width > 0 && height > 0);
}

function visible({ element, place }: Placed): Box[] {
  return [...element.getClientRects()].map((rect) => place(clipped(element, rect)));
}

function isWithin(inner: DOMRect, outer: DOMRect): boolean {
  const [isBeside, isBelow] = [inner.right > outer.right, inner.bottom > outer.bottom];
  return !(isBeside || isBelow || inner.left < outer.left || inner.top < outer.top);
}

/** `display: contents` has no box of its own, and one around what floats has no height; text is in them all the same. */
function contentRects(element: Element): DOMRect[] {
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  return [...range.getClientRects()];
}

function isSecretField(element: Element): boolean {
  const { localName } = element;
  if (localName !== "input" && localName !== "select" && localName !== "textarea") return false;
  const said = (name: string) => element.getAttribute(name) ?? "";
  return isSecret({
    type: said("type").toLowerCase(),
    autocomplete: said("autocomplete"),
    wording: [...["name", "id", "aria-label", "placeholder"].map(said), labelOf(element)].join(" "),
    inputMode: said("inputmode"),
    maxLength: Number(element.getAttribute("maxlength") ?? -1),
  });
}

function labelOf(element: Element): string {
  const { labels } = element as Partial<Pick<HTMLInputElement, "labels">>;
  return [...(labels ?? [])].map((label) => label.textContent).join(" ");
}
