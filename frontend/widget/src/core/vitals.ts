/** How quick the page was: the web vitals, as far as the browser measures them. */
import type { Environment } from "./evidence.ts";

type Vitals = { -readonly [K in "lcp" | "fid" | "cls" | "ttfb" | "inp"]?: number };

/** Not in TypeScript's own types. */
interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
}

const GAP_MS = 1000;
const WINDOW_MS = 5000;
/** INP leaves out one interaction of each so many. */
const INTERACTIONS_AN_OUTLIER = 50;
const MOST_INTERACTIONS = 500;

export class VitalsCollector {
  readonly #observers: PerformanceObserver[] = [];
  readonly #interactions = new Map<number, number>();
  readonly #vitals: Vitals = {};
  readonly #shifts = { start: 0, last: 0, sum: 0 };

  watch(): void {
    const observe = (type: string, note: (entry: PerformanceEntry) => void, more: object = {}) => {
      if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
      const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
      observer.observe({ type, buffered: true, ...more });
      this.#observers.push(observer);
    };
    observe("largest-contentful-paint", ({ startTime }) => void (this.#vitals.lcp = startTime));
    observe("layout-shift", (entry) => this.#shifted(entry as Shift));
    observe("first-input", (entry) => void (this.#vitals.fid = (entry as PerformanceEventTiming).processingStart - entry.startTime));
    observe("event", (entry) => this.#interacted(entry as PerformanceEventTiming), { durationThreshold: 40 });
  }

  stop(): void {
    this.#observers.splice(0).forEach((observer) => observer.disconnect());
  }

  read(): NonNullable<Environment["performance"]> {
    const [navigation] = performance.getEntriesByType("navigation");
    const ttfb = navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : undefined;
    const slowest = [...this.#interactions.values()].sort((a, b) => b - a);
    const inp = slowest[Math.floor(slowest.length / INTERACTIONS_AN_OUTLIER)];
    const told = Object.entries({ ...this.#vitals, ttfb, inp }).filter(([, value]) => value !== undefined);
    return Object.fromEntries(told.map(([name, value]) => [name, rounded(name, value ?? 0)]));
  }

  /** The largest sum of shifts in five seconds without a second of rest, as CLS is defined. */
  #shifted({ value, hadRecentInput, startTime }: Shift): void {
    if (hadRecentInput) return;
    const window = this.#shifts;
    const goesOn = startTime - window.last < GAP_MS && startTime - window.start < WINDOW_MS;
    if (!goesOn) Object.assign(window, { start: startTime, sum: 0 });
    window.last = startTime;
    window.sum += value;
    this.#vitals.cls = Math.max(this.#vitals.cls ?? 0, window.sum);
  }

  #interacted(entry: PerformanceEventTiming): void {
    const { interactionId = 0, duration } = entry as PerformanceEventTiming & { readonly interactionId?: number };
    if (interactionId === 0 || this.#interactions.size >= MOST_INTERACTIONS) return;
    this.#interactions.set(interactionId, Math.max(duration, this.#interactions.get(interactionId) ?? 0));
  }
}

function rounded(name: string, value: number): number {
  return name === "cls" ? Math.round(value * 10_000) / 10_000 : Math.round(value);
}
