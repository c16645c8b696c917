/** Form controls that the engine draws otherwise than the browser does, made to look as they do. */

const NATIVE_EDGE = "rgb(118, 118, 118)";
const INHERITED = ["font", "letter-spacing", "line-height", "color", "white-space", "overflow-wrap", "text-align"];

export function isScrolledText(element: Element): element is HTMLTextAreaElement {
  return element.localName === "textarea" && (element.scrollTop > 0 || element.scrollLeft > 0);
}

/** A scrolled text area comes out blank: a box with its text moved up stands in. The engine gives it the area's edges. */
export function standInForText(area: HTMLTextAreaElement): HTMLElement {
  const [box, text] = [document.createElement("div"), document.createElement("div")];
  const style = getComputedStyle(area);
  for (const name of INHERITED) text.style.setProperty(name, style.getPropertyValue(name));
  text.style.width = `${area.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)}px`;
  text.style.margin = `${-area.scrollTop}px 0 0 ${-area.scrollLeft}px`;
  text.textContent = area.value;
  box.style.overflow = "hidden";
  box.append(text);
  return box;
}

/** The browser draws one thin line where the style says "inset", for as long as the page leaves the control alone. */
export function withNativeEdges(copy: ParentNode, sources: ReadonlyMap<Node, Node>): void {
  for (const control of copy.querySelectorAll<HTMLElement>("input, textarea")) {
    const source = sources.get(control);
    if (!(source instanceof Element)) continue;
    if (getComputedStyle(source).borderTopStyle !== "inset") continue;
    control.style.borderColor = "transparent";
    control.style.outline = `1px solid ${NATIVE_EDGE}`;
    control.style.outlineOffset = "-1px";
  }
}
