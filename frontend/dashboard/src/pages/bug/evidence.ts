// What a page logged, in the one shape of docs/evidence.md, and on one clock.
export interface ConsoleLine {
  readonly at: string | null;
  readonly level: string;
  readonly message: string;
  readonly stack: string | null;
  readonly count: number;
}

export interface Request {
  readonly at: string | null;
  readonly method: string;
  readonly url: string;
  /** 0: no answer came; null: nobody says. */
  readonly status: number | null;
  readonly durationMs: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly responseHeaders: readonly (readonly [string, string])[];
}

export interface Action {
  readonly at: string | null;
  readonly kind: string;
  readonly target: string | null;
  readonly url: string | null;
  readonly x: number | null;
  readonly y: number | null;
}

export type Environment = Readonly<
  Record<"url" | "page" | "referrer" | "userAgent" | "browser" | "os" | "viewport" | "screen" | "language" | "timezone" | "platform" | "connection", string | null>
> & { readonly memoryGb: number | null };

export interface Evidence {
  readonly console: readonly ConsoleLine[];
  readonly network: readonly Request[];
  readonly actions: readonly Action[];
  readonly environment: Environment;
  readonly captureWarnings: readonly string[];
  readonly raw: Readonly<Record<string, string>>;
}

export type Entry =
  | { readonly lane: "console"; readonly line: ConsoleLine }
  | { readonly lane: "network"; readonly request: Request }
  | { readonly lane: "actions"; readonly action: Action };
export type Lane = Entry["lane"];
export const LANES: readonly Lane[] = ["console", "network", "actions"];

export type Row = Entry & Timed;

interface Timed {
  readonly id: number;
  /** Milliseconds since 1970. What has no time stands behind what came before it. */
  readonly at: number;
  readonly isError: boolean;
  readonly isWarning: boolean;
  /** What a search looks through. */
  readonly words: string;
}

const ERROR_LEVELS: ReadonlySet<string> = new Set(["error", "fatal", "critical", "assert", "exception", "uncaught", "rejection"]);
const UNCAUGHT = /^(?:\[Uncaught\]|\[UnhandledRejection\]|Uncaught )/;
const FAILED_FROM = 400;

/** All of it, the earliest first; of one moment what somebody did, then what was asked for, then what was said of it. */
export function rowsOf(evidence: Evidence): readonly Row[] {
  const rows: Row[] = [
    ...timed(evidence.actions.map((action) => ({ lane: "actions" as const, action })), ({ action }) => action.at),
    ...timed(evidence.network.map((request) => ({ lane: "network" as const, request })), ({ request }) => request.at),
    ...timed(evidence.console.map((line) => ({ lane: "console" as const, line })), ({ line }) => line.at),
  ];
  rows.sort((one, other) => one.at - other.at);
  return rows.map((row, id) => ({ ...row, id }));
}

export function isFailure(request: Request): boolean {
  return request.status !== null && (request.status === 0 || request.status >= FAILED_FROM);
}

/** The first that went wrong; a console's error says more than a request's status. */
export function firstError(rows: readonly Row[]): Row | undefined {
  return rows.find((row) => row.isError && row.lane === "console") ?? rows.find((row) => row.isError);
}

/** "0:12.3" since the first of all rows. */
export function clock(at: number, start: number): string {
  const tenths = Math.max(0, Math.round((at - start) / 100));
  const seconds = String(Math.floor(tenths / 10) % 60).padStart(2, "0");
  return `${Math.floor(tenths / 600)}:${seconds}.${tenths % 10}`;
}

/** Of rows in their order the last at or before a moment: where it would stand among them. */
export function rowAt(rows: readonly Row[], at: number): Row | undefined {
  return rows.findLast((row) => row.at <= at) ?? rows[0];
}

function timed<Each extends Entry>(entries: readonly Each[], timeOf: (entry: Each) => string | null): (Each & Timed)[] {
  let last = 0;
  return entries.map((entry) => {
    const at = Date.parse(timeOf(entry) ?? "");
    if (!Number.isNaN(at)) last = at;
    return { ...entry, id: 0, at: last, ...judged(entry), words: wordsOf(entry).toLowerCase() };
  });
}

function judged(entry: Entry): Pick<Row, "isError" | "isWarning"> {
  switch (entry.lane) {
    case "console": {
      const level = entry.line.level.toLowerCase();
      const isError = ERROR_LEVELS.has(level) || UNCAUGHT.test(entry.line.message);
      return { isError, isWarning: !isError && level.startsWith("warn") };
    }
    case "network":
      return { isError: isFailure(entry.request), isWarning: false };
    case "actions":
      return { isError: false, isWarning: false };
  }
}

function wordsOf(entry: Entry): string {
  switch (entry.lane) {
    case "console":
      return [entry.line.level, entry.line.message, entry.line.stack ?? ""].join("\n");
    case "network":
      return [entry.request.method, entry.request.status ?? "", entry.request.url].join(" ");
    case "actions":
      return [entry.action.kind, entry.action.target ?? "", entry.action.url ?? ""].join(" ");
  }
}
