/** Margins at the edges of a page: the engine takes them off what it draws, as no root of a document does. */

/** A root holds the margins of what is in it (CSS Display 3, 2.1): nothing slips out of its copy either. */
export function withRootMargins(copy: HTMLElement | SVGElement, sources: ReadonlyMap<Node, Node>): void {
  const root = sources.get(copy);
  if (!(root instanceof Element) || root !== root.ownerDocument.documentElement) return;
  if (getComputedStyle(root).display === "block") copy.style.display = "flow-root";
  for (const edge of copy.querySelectorAll<HTMLElement>('[style*="margin-top: 0px"], [style*="margin-bottom: 0px"]')) {
    const source = sources.get(edge);
    if (!(source instanceof Element)) continue;
    const { marginTop, marginBottom } = getComputedStyle(source);
    Object.assign(edge.style, { marginTop, marginBottom });
  }
}
