// When a request ran, beside the others.
import type { JSX } from "preact";
import type { Request, Row } from "./evidence.ts";

const WIDTH = 200;
const LEAST = 2;

/** From the first request's beginning to the last one's end. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function spanOf(rows: readonly Row[]): Span {
  let [start, end] = [Infinity, -Infinity];
  for (const row of rows) {
    if (row.lane !== "network") continue;
    start = Math.min(start, row.at);
    end = Math.max(end, row.at + (row.request.durationMs ?? 0));
  }
  return { start, end };
}

interface BarProps {
  readonly at: number;
  readonly request: Request;
  readonly span: Span;
  readonly isError: boolean;
}

export function WaterfallBar({ at, request, span, isError }: BarProps): JSX.Element {
  const scale = WIDTH / Math.max(1, span.end - span.start);
  const width = Math.max(LEAST, (request.durationMs ?? 0) * scale);
  const x = Math.min((at - span.start) * scale, WIDTH - width);
  return (
    <svg class="waterfall" viewBox={`0 0 ${WIDTH} 8`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class={isError ? "tick tick-error" : "tick"} x={x} y="0" width={width} height="8" />
    </svg>
  );
}
