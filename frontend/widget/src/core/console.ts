/** What the page logs, and what goes wrong in it without anybody catching it. */
import { defined } from "./defined.ts";
import { describe, describeAll, flat } from "./describe.ts";
import type { Early } from "./early.ts";
import type { ConsoleEntry } from "./evidence.ts";
import { type Around, type Patches, quietly } from "./patches.ts";
import { Ring } from "./ring.ts";
import { withoutSecrets } from "./secrets.ts";

type Level = ConsoleEntry["level"];

/** As it was said; secrets are looked for when somebody wants to read it, not on every call. */
interface Line {
  readonly level: Level;
  readonly message: string;
  readonly timestamp: number;
  /** V8 writes a stack down only when it is read. */
  readonly trace: { readonly stack?: string };
  count: number;
}

const LEVELS: readonly Level[] = ["log", "info", "warn", "error", "debug"];
/** A stack takes longer than all the rest of a line, and a page that logs much logs little of these. */
const TRACED: ReadonlySet<Level> = new Set(["warn", "error"]);
const NO_TRACE = {};
const MOST_BYTES = 256 * 1024;
const LONGEST_STACK = 4000;
/** About what V8 keeps of a stack of ten frames. */
const TRACE_BYTES = 500;

export class ConsoleCollector {
  readonly #lines: Ring<Line>;
  #isBusy = false;

  constructor(
    most: number,
    private readonly filter?: (entry: ConsoleEntry) => boolean,
  ) {
    this.#lines = new Ring<Line>(most, MOST_BYTES, bytesOf);
  }

  watch(patches: Patches): void {
    for (const level of LEVELS) {
      const around: Around = (call, args) => {
        this.#note(level, args, around);
        return call();
      };
      patches.wrap(console, level, around);
    }
    const around: Around = (call, [holds, ...args]) => {
      if (!holds) this.#note("error", ["Assertion failed:", ...args], around);
      return call();
    };
    patches.wrap(console, "assert", around);
  }

  listen(signal: AbortSignal, early: Early): void {
    const note = (event: Event) => quietly(() => this.#uncaught(event));
    early.forEach(note);
    addEventListener("error", note, { capture: true, signal });
    addEventListener("unhandledrejection", note, { signal });
  }

  entries(): readonly ConsoleEntry[] {
    return this.#lines.entries().map(entryOf);
  }

  #note(level: Level, args: readonly unknown[], below: Around): void {
    // Looking at an object can make the page log.
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      this.#add(level, describeAll(args), Date.now(), traceOf(level, args, below));
    } catch {
      // What can not be looked at is not noted.
    } finally {
      this.#isBusy = false;
    }
  }

  #uncaught(event: Event): void {
    const timestamp = Math.round(performance.timeOrigin + event.timeStamp);
    if (event instanceof ErrorEvent) {
      const { message, filename, lineno, colno, error } = event;
      const stack = stackOf(error) ?? `${filename}:${lineno}:${colno}`;
      this.#add("error", `[Uncaught] ${message.replace(/^Uncaught /, "")}`, timestamp, { stack });
    } else if (event instanceof PromiseRejectionEvent) {
      const stack = stackOf(event.reason);
      this.#add("error", `[UnhandledRejection] ${describe(event.reason)}`, timestamp, defined({ stack }));
    } else if (event.target instanceof HTMLElement) {
      const address = event.target.getAttribute("src") ?? event.target.getAttribute("href") ?? "";
      this.#add("warn", `[NotLoaded] ${describe(event.target)} ${address}`, timestamp, {});
    }
  }

  #add(level: Level, message: string, timestamp: number, trace: Line["trace"]): void {
    const { last } = this.#lines;
    if (last?.level === level && last.message === message) {
      last.count += 1;
      return;
    }
    const line = { level, message, timestamp, trace, count: 1 };
    if (!this.filter || this.filter(entryOf(line)) !== false) this.#lines.push(line);
  }
}

/** Without reading what V8 has yet to write down. */
function bytesOf({ message, trace }: Line): number {
  const stack: unknown = trace === NO_TRACE ? "" : Object.getOwnPropertyDescriptor(trace, "stack")?.value;
  return 2 * (message.length + (typeof stack === "string" ? stack.length : 0)) + TRACE_BYTES;
}

/** Of an error that was logged its own, else of the call, which is two below `below`: the proxy lies between. */
function traceOf(level: Level, args: readonly unknown[], below: Around): Line["trace"] {
  const thrown = args.find(isError);
  if (thrown) return defined({ stack: stackOf(thrown) });
  // Not in Firefox before 138.
  if (!TRACED.has(level) || typeof Error.captureStackTrace !== "function") return NO_TRACE;
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, below);
  return {
    get stack() {
      return trace.stack?.split("\n").slice(2).join("\n") ?? "";
    },
  };
}

/** Nothing of the error itself is kept: it may hold half of the page. */
function stackOf(thrown: unknown): string | undefined {
  try {
    const stack: unknown = thrown instanceof Error ? thrown.stack : undefined;
    return typeof stack === "string" ? flat(stack, LONGEST_STACK) : undefined;
  } catch {
    return undefined; // A getter of the page's, or a proxy.
  }
}

function isError(value: unknown): boolean {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

function entryOf({ level, message, timestamp, trace, count }: Line): ConsoleEntry {
  const stack = trace.stack?.slice(0, LONGEST_STACK);
  return {
    level,
    message: withoutSecrets(message),
    timestamp,
    ...(stack ? { stack: withoutSecrets(stack) } : {}),
    ...(count > 1 ? { count } : {}),
  };
}
