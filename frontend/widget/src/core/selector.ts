/** A CSS selector of an element that a new build of the page does not change, as far as the page lets us. */

const TEST_IDS = ["data-testid", "data-test-id", "data-test", "data-cy", "data-qa"];
const DEEPEST = 5;
const LONGEST = 300;
/** What a framework or a build made up: counters, hashes, React's `:r1:`. */
const MADE = /\d{2,}|[:_]|^\d|[a-z]\d[a-z]|[A-Z][a-z]?[A-Z\d]/;

export function selectorOf(element: Element): string {
  const steps: string[] = [];
  let at: Element | null = element;
  while (at && steps.length < DEEPEST) {
    const anchor = anchorOf(at);
    steps.unshift(anchor ?? stepOf(at));
    at = anchor || at === document.body ? null : parentOf(at);
  }
  return steps.join(" > ").slice(0, LONGEST);
}

/** Out of a shadow root one comes to its host. */
function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

function anchorOf(element: Element): string | null {
  const name = TEST_IDS.find((each) => element.hasAttribute(each));
  if (name) return `[${name}="${CSS.escape(element.getAttribute(name) ?? "")}"]`;
  return element.id && !MADE.test(element.id) ? `#${CSS.escape(element.id)}` : null;
}

function stepOf(element: Element): string {
  const tag = element.localName;
  const name = element.getAttribute("name") ?? "";
  if (name && !MADE.test(name)) return `${tag}[name="${CSS.escape(name)}"]`;
  const classes = [...element.classList].filter((each) => !MADE.test(each) && each.length <= 30).slice(0, 2);
  return tag + classes.map((each) => `.${CSS.escape(each)}`).join("") + placeOf(element);
}

function placeOf(element: Element): string {
  const alike = [...(element.parentElement?.children ?? [])].filter((each) => each.localName === element.localName);
  return alike.length > 1 ? `:nth-of-type(${alike.indexOf(element) + 1})` : "";
}
