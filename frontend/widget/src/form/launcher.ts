/** The button in the page: opens the form, and can be dragged, or moved by the arrow keys. Plain DOM: every visitor pays. */
import type { Settings } from "../core/settings.ts";
import { shortcutOf } from "./hotkey.ts";
import type { Placement } from "./placement.ts";
import { WING } from "../../../kit/src/wing.ts";
import type { buttonWords } from "./words/button.ts";

type ButtonWords = typeof buttonWords;

interface Calls {
  readonly open: () => void;
  /** It may be opened soon. */
  readonly expect: () => void;
}

export class Launcher {
  private readonly button = document.createElement("button");
  private readonly text = document.createElement("span");
  private readonly leaving = new AbortController();
  private words: ButtonWords | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly placement: Placement,
    calls: Calls,
  ) {
    const { button, text } = this;
    button.className = "launcher";
    button.type = "button";
    button.ariaHasPopup = "dialog";
    button.append(wing(), text);
    button.onclick = () => placement.wasDragged() || calls.open();
    button.onfocus = button.onpointerenter = calls.expect;
    button.onpointerdown = (event) => placement.grab(event, button);
    button.onpointermove = (event) => placement.drag(event, button) && this.stand();
    button.onpointerup = button.onpointercancel = () => placement.drop();
    button.onkeydown = (event) => this.nudge(event);
    for (const type of ["load", "resize"]) addEventListener(type, this.evade, { signal: this.leaving.signal });
  }

  draw(words: ButtonWords, { button: isWanted, branding, hotkey }: Settings): void {
    const { button, text } = this;
    this.words = words;
    text.textContent = branding.buttonText ?? "";
    button.ariaLabel = branding.buttonText ? null : words.report;
    button.title = branding.buttonText ? "" : words.report;
    button.ariaDescription = words.moves;
    button.ariaKeyShortcuts = shortcutOf(hotkey);
    if (isWanted && !button.isConnected) this.root.prepend(button);
    if (!isWanted) button.remove();
    this.stand();
    this.evade();
  }

  complain(): void {
    this.button.ariaLabel = this.text.textContent = this.words?.unloaded ?? "";
  }

  /** A dot, for what there is to be read. */
  mark(isMarked: boolean): void {
    this.button.classList.toggle("marked", isMarked);
  }

  remove(): void {
    this.leaving.abort();
    this.button.remove();
  }

  private nudge(event: KeyboardEvent): void {
    if (!this.placement.nudge(event.key, this.button)) return;
    event.preventDefault();
    this.stand();
  }

  /** At most a few times: there may be no free place. */
  private readonly evade = (): void => {
    for (let tries = 0; tries < 6 && this.placement.evade(this.button); tries += 1) this.stand();
  };

  private stand(): void {
    this.root.style.setProperty("--x", String(this.placement.x));
    this.root.style.setProperty("--y", String(this.placement.y));
  }
}

function wing(): Element {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "wing");
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.ariaHidden = "true";
  for (const line of WING) {
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}
