// Severity and status: a shape with every colour, as on the plain pages.
import type { JSX } from "preact";
import type { Severity, Status } from "../api/types.ts";
import { t } from "../words/words.ts";

const BARS: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 3, critical: 4 };
const CRITICAL = "M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2L5.2 1Zm1.9 3v5h1.8V4H7.1Zm0 6.3v1.8h1.8v-1.8H7.1Z";
const DONE = "M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 0 1 8 1.2Zm3.7 4.9-1.1-1.1-3.5 3.6-1.6-1.6-1.1 1.1 2.7 2.7 4.6-4.7Z";

export function SeverityIcon({ severity }: { readonly severity: Severity }): JSX.Element {
  return (
    <svg class={`icon severity severity-${severity}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {severity === "critical" ? (
        <path fill="currentColor" fill-rule="evenodd" d={CRITICAL} />
      ) : (
        [1, 2, 3].map((bar) => <rect key={bar} class={BARS[severity] >= bar ? "bar" : "bar off"} x={4.75 * bar - 3.25} y={12.5 - 3.5 * bar} width="3.5" height={1.5 + 3.5 * bar} rx="1" />)
      )}
    </svg>
  );
}

export function StatusIcon({ status }: { readonly status: Status }): JSX.Element {
  return (
    <svg class={`icon status status-${status}`} viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true" focusable="false">
      {status === "resolved" ? (
        <path fill="currentColor" stroke="none" fill-rule="evenodd" d={DONE} />
      ) : (
        <circle cx="8" cy="8" r="6" {...(status === "new" ? { "stroke-dasharray": "2.2 2.51" } : {})} />
      )}
      {status === "triaging" && <path fill="currentColor" stroke="none" d="M8 4.5A3.5 3.5 0 0 1 11.5 8H8V4.5Z" />}
      {status === "in_progress" && <path fill="currentColor" stroke="none" d="M8 4.5a3.5 3.5 0 0 1 0 7v-7Z" />}
      {status === "closed" && <path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />}
    </svg>
  );
}

export function severityWord(severity: Severity): string {
  return t(`severity.${severity}`);
}

export function statusWord(status: Status): string {
  return t(`status.${status}`);
}
