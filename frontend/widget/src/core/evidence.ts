/** What the page tells of itself, in the words of the wire (contract B6). Times are milliseconds since 1970. */

export interface ConsoleEntry {
  readonly level: "log" | "info" | "warn" | "error" | "debug";
  readonly message: string;
  readonly timestamp: number;
  readonly stack?: string;
  /** How often it came in a row, when more than once. */
  readonly count?: number;
}

export interface NetworkEntry {
  readonly method: string;
  readonly url: string;
  /** 0: no answer came. */
  readonly status: number;
  readonly duration: number;
  readonly timestamp: number;
  readonly requestSize?: number;
  readonly responseSize?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** Only where `captureBodies` is on. */
  readonly requestBody?: string;
  readonly responseBody?: string;
}

export interface ActionEntry {
  readonly type: "click" | "input" | "navigation" | "scroll" | "resize";
  readonly timestamp: number;
  /** A CSS selector that survives a new build of the page, where it can. */
  readonly target?: string;
  readonly url?: string;
  readonly x?: number;
  readonly y?: number;
}

export interface Environment {
  readonly userAgent: string;
  readonly viewport: string;
  readonly screenResolution: string;
  readonly url: string;
  readonly referrer: string;
  readonly locale: string;
  readonly timezone: string;
  readonly platform: string;
  readonly connection?: string;
  readonly memory?: number;
  readonly performance?: Readonly<Partial<Record<"lcp" | "fid" | "cls" | "ttfb" | "inp", number>>>;
}

/** A copy at one moment; what goes on afterwards is not in it. */
export interface Evidence {
  readonly console: readonly ConsoleEntry[];
  readonly network: readonly NetworkEntry[];
  readonly actions: readonly ActionEntry[];
  readonly environment: Environment;
}

/** From `start` to `stop` the page is patched; `stop` leaves it as it was found. */
export interface Collectors {
  snapshot(): Evidence;
  stop(): void;
}
