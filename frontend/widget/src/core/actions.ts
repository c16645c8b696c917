/** What the visitor did: where, never what was typed or read. */
import type { ActionEntry } from "./evidence.ts";
import { type Patches, quietly } from "./patches.ts";
import { Ring } from "./ring.ts";
import { withoutSecrets } from "./secrets.ts";
import { selectorOf } from "./selector.ts";

const MOST = 100;
const MOST_BYTES = 64 * 1024;
/** Within it, scrolling and typing is one action. */
const ONE_ACTION_MS = 1000;
const OURS = "[data-lacewing]";

export class ActionCollector {
  readonly #actions = new Ring<ActionEntry>(MOST, MOST_BYTES, ({ target, url }) => 2 * ((target ?? "") + (url ?? "")).length + 100);
  #url = location.href;

  watch(patches: Patches): void {
    for (const name of ["pushState", "replaceState"]) {
      patches.wrap(history, name, (call) => {
        const answer = call();
        this.#navigated();
        return answer;
      });
    }
  }

  listen(signal: AbortSignal): void {
    const on = (target: EventTarget, type: string, note: (event: Event) => void) =>
      target.addEventListener(type, (event) => quietly(() => note(event)), { capture: true, passive: true, signal });
    on(document, "click", (event) => event instanceof MouseEvent && this.#at(event, { type: "click", x: event.clientX, y: event.clientY }));
    on(document, "input", (event) => this.#at(event, { type: "input" }));
    on(document, "change", (event) => this.#at(event, { type: "input" }));
    on(document, "scroll", () => this.#add({ type: "scroll", x: Math.round(scrollX), y: Math.round(scrollY) }));
    on(window, "resize", () => this.#add({ type: "resize", x: innerWidth, y: innerHeight }));
    on(window, "popstate", () => this.#navigated());
    on(window, "hashchange", () => this.#navigated());
  }

  entries(): readonly ActionEntry[] {
    return this.#actions.entries();
  }

  #at(event: Event, action: Omit<ActionEntry, "timestamp" | "target">): void {
    const [element] = event.composedPath();
    if (!(element instanceof Element) || event.composedPath().some((each) => each instanceof Element && each.matches(OURS))) return;
    this.#add({ ...action, target: selectorOf(element) });
  }

  #navigated(): void {
    quietly(() => {
      if (location.href === this.#url) return;
      this.#url = location.href;
      this.#add({ type: "navigation", url: withoutSecrets(location.href).slice(0, 2000) });
    });
  }

  #add(action: Omit<ActionEntry, "timestamp">): void {
    const timestamp = Date.now();
    const { last } = this.#actions;
    const goesOn = last && !/click|navigation/.test(action.type) && last.type === action.type && last.target === action.target;
    if (goesOn && timestamp - last.timestamp < ONE_ACTION_MS) this.#actions.replaceLast({ ...action, timestamp });
    else this.#actions.push({ ...action, timestamp });
  }
}
