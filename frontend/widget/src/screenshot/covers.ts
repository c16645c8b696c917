/** Boxes over the page itself, for a picture that the browser takes of its own window. */
import type { Box } from "../core/picture.ts";

/** Over everything, dialogs too, as what is in the top layer last is. Answers how to take them away. */
export function coverPage(boxes: readonly Box[], color: string): () => void {
  const host = document.createElement("div");
  host.popover = "manual";
  host.style.cssText = "all: initial; position: fixed; inset: 0; pointer-events: none;";
  const root = host.attachShadow({ mode: "closed" });
  root.append(...boxes.map((box) => covering(box, color)));
  document.documentElement.append(host);
  host.showPopover();
  return () => host.remove();
}

function covering([x, y, width, height]: Box, color: string): HTMLElement {
  const cover = document.createElement("div");
  cover.style.cssText = "position: fixed;";
  const place = { left: x, top: y, width, height };
  for (const [name, value] of Object.entries(place)) cover.style.setProperty(name, `${value}px`);
  cover.style.background = color;
  return cover;
}
