/** The mark and the icons, as on the plain pages. All are decoration: a word always stands beside them. */
import { WING } from "../../../kit/src/wing.ts";
import type { Severity } from "../core/sending.ts";

/** Lucide outlines (ISC), redrawn at 16 px. */
const OUTLINES = {
  close: "M18 6 6 18M6 6l12 12",
  camera: "M14.5 4h-5L7 7H4a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V9a2 2 0 0 0-2-2h-3ZM12 10a3 3 0 1 1 0 6 3 3 0 0 1 0-6",
  screen: "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5c0-1.1.9-2 2-2ZM8 21h8M12 17v4",
  clip: "m21 11-9 9a6 6 0 0 1-8-8l8.6-8.6a4 4 0 0 1 5.7 5.7l-8.6 8.5a2 2 0 0 1-2.8-2.8l7.9-7.9",
  pen: "M21.2 6.8a2.8 2.8 0 0 0-4-4L3.8 16.2 2.5 21.5l5.3-1.3ZM15 5l4 4",
  file: "M15 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V7ZM14 2v5h6",
  alert: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20M12 8v4m0 4h.01",
  check: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20M8 12l3 3 5-6",
  clock: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20M12 6v6l4 2",
  again: "M3 12a9 9 0 0 1 15-6.7L21 8m0-5v5h-5M21 12a9 9 0 0 1-15 6.7L3 16m0 5v-5h5",
  chevron: "m9 18 6-6-6-6",
} as const;

export type IconName = keyof typeof OUTLINES;

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class={`icon ${name}`} viewBox="0 0 24 24" aria-hidden="true">
    <path d={OUTLINES[name]} />
  </svg>
);

export const Wing = () => (
  <svg class="wing" viewBox="0 0 32 32" aria-hidden="true">
    {WING.map((line) => (
      <path key={line} d={line} />
    ))}
  </svg>
);

const BARS = { low: 1, medium: 2, high: 3, critical: 0 };

/** Bars that rise; critical is a filled sign of its own. */
export const SeverityIcon = ({ severity }: { readonly severity: Severity }) => (
  <svg class={`bars ${severity}`} viewBox="0 0 16 16" aria-hidden="true">
    {severity === "critical" ? (
      <path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2L5.2 1Zm1.9 3v5h1.8V4H7.1Zm0 6.3v1.8h1.8v-1.8H7.1Z" />
    ) : (
      [0, 1, 2].map((at) => (
        <rect key={at} class={at < BARS[severity] ? "" : "off"} x={1.5 + 4.75 * at} y={9 - 3.5 * at} width="3.5" height={5 + 3.5 * at} rx="1" />
      ))
    )}
  </svg>
);
