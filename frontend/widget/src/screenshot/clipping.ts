/** What of an element its scrolled ancestors leave to be seen. */

/** Overflow does not apply to these. */
const BOXLESS = new Set(["contents", "inline"]);

export function clipped(element: Element, rect: DOMRectReadOnly): DOMRectReadOnly {
  let seen = rect;
  let position = getComputedStyle(element).position;
  for (let above = parentOf(element); above; above = parentOf(above)) {
    const style = getComputedStyle(above);
    const holds = position === "fixed" ? isTransformed(style) : position !== "absolute" || isPositioned(style);
    if (!holds) continue;
    if (style.overflow !== "visible" && !BOXLESS.has(style.display)) seen = common(seen, above.getBoundingClientRect());
    position = style.position;
  }
  return seen;
}

/** Through slots and shadow roots, and no further than the body, whose overflow is the viewport's. */
function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  const above = element.assignedSlot ?? element.parentElement ?? ("host" in root ? (root as ShadowRoot).host : null);
  return above === element.ownerDocument.body || above === element.ownerDocument.documentElement ? null : above;
}

function isPositioned(style: CSSStyleDeclaration): boolean {
  return style.position !== "static" || isTransformed(style);
}

function isTransformed({ transform, filter, contain, perspective }: CSSStyleDeclaration): boolean {
  return [transform, filter, contain, perspective].some((value) => value !== "none" && value !== "");
}

function common(one: DOMRectReadOnly, other: DOMRectReadOnly): DOMRectReadOnly {
  const [left, top] = [Math.max(one.left, other.left), Math.max(one.top, other.top)];
  const [right, bottom] = [Math.min(one.right, other.right), Math.min(one.bottom, other.bottom)];
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}
