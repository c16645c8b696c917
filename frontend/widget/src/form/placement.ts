/** Where the button stands: fractions of the room that it has, so that it keeps its place when the window changes. */
import type { Corner } from "../core/options.ts";

const STEP = 24;
const SHAKE = 4;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};
const CONTROLS = "a, button, input, select, textarea, iframe, [role=button], [tabindex]";

export class Placement {
  x = 1;
  y = 1;
  private readonly key: string;
  private isMoved = false;
  private grip: readonly [number, number] | null = null;
  private isDragged = false;

  constructor(projectKey: string) {
    this.key = `lacewing:button:${projectKey}`;
    this.recall();
  }

  /** Where the options say, unless it was moved. */
  stand(corner: Corner): void {
    if (this.isMoved) return;
    this.x = corner.endsWith("right") ? 1 : 0;
    this.y = corner.startsWith("bottom") ? 1 : 0;
  }

  /** True if the key was an arrow. */
  nudge(key: string, button: HTMLElement): boolean {
    const step = ARROWS[key];
    if (step) this.moveBy(step, button);
    if (step) this.keep();
    return step !== undefined;
  }

  moveBy([dx, dy]: readonly [number, number], button: HTMLElement): void {
    const [width, height] = roomOf(button);
    this.isMoved = true;
    this.x = within(this.x + dx / width);
    this.y = within(this.y + dy / height);
  }

  /** From `grab` to `drop` the button follows the pointer; a shake of the hand is a click all the same. */
  grab(event: PointerEvent, button: HTMLElement): void {
    button.setPointerCapture(event.pointerId);
    this.grip = [event.clientX, event.clientY];
    this.isDragged = false;
  }

  drag(event: PointerEvent, button: HTMLElement): boolean {
    if (!this.grip) return false;
    const way = [event.clientX - this.grip[0], event.clientY - this.grip[1]] as const;
    if (!this.isDragged && Math.hypot(...way) < SHAKE) return false;
    this.isDragged = true;
    this.grip = [event.clientX, event.clientY];
    this.moveBy(way, button);
    return true;
  }

  drop(): void {
    this.grip = null;
    if (this.isDragged) this.keep();
  }

  /** Whether the click that follows a drop is the drag's own. */
  wasDragged(): boolean {
    const wasDragged = this.isDragged;
    this.isDragged = false;
    return wasDragged;
  }

  private keep(): void {
    try {
      localStorage.setItem(this.key, `${this.x.toFixed(4)} ${this.y.toFixed(4)}`);
    } catch {
      // Storage is off or full: it stands there until the page is left.
    }
  }

  /** Steps aside, towards the middle, while it would cover what the page fixed there. True if it moved. */
  evade(button: HTMLElement): boolean {
    if (this.isMoved || !coversControl(button)) return false;
    const [, height] = roomOf(button);
    const away = (button.offsetHeight + 8) / height;
    this.y = within(this.y + (this.y < 0.5 ? away : -away));
    return true;
  }

  private recall(): void {
    try {
      const [x, y] = (localStorage.getItem(this.key) ?? "").split(" ").map(Number.parseFloat);
      if (x === undefined || y === undefined || Number.isNaN(x + y)) return;
      [this.x, this.y, this.isMoved] = [within(x), within(y), true];
    } catch {
      // Storage is off: it stands where the options say.
    }
  }
}

const within = (fraction: number): number => Math.min(1, Math.max(0, fraction));

function roomOf(button: HTMLElement): [number, number] {
  const { clientWidth, clientHeight } = document.documentElement;
  return [Math.max(1, clientWidth - button.offsetWidth - 32), Math.max(1, clientHeight - button.offsetHeight - 32)];
}

function coversControl(button: HTMLElement): boolean {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const spots = [left + 1, (left + right) / 2, right - 1].flatMap((x) => [top + 1, (top + bottom) / 2, bottom - 1].map((y) => [x, y] as const));
  return spots.some(([x, y]) => document.elementsFromPoint(x, y).some((found) => isFixedControl(found)));
}

/** What scrolls passes by; what is fixed would stay covered. */
function isFixedControl(found: Element): boolean {
  const control = found.closest(CONTROLS);
  for (let at: Element | null = control; at; at = at.parentElement) {
    if (/fixed|sticky/.test(getComputedStyle(at).position)) return !control?.closest("[data-lacewing]");
  }
  return false;
}
