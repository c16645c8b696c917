import type { JSX } from "preact";

/** The wing, as on the plain pages. */
export function Mark({ size = 20 }: { readonly size?: number }): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <path d="M3.5 22C6.7 14.7 15.6 6 23.9 4.9c3.8-.5 4.9 3.1 2.5 6.2C22.7 15.8 12.1 19.5 3.5 22Z" />
      <path class="mark-vein" d="M3.5 22C10 14.8 17 10 26.3 6.9M13.2 13.5c3.5-1.3 6.8-1.5 11.3-.4M9.3 16.6c3.2-1.2 6-1.3 9.2-.4" />
      <path d="M3.5 22c6.6-3.2 17-3.1 22.2.2 2.3 1.5 1.5 4-1.4 4.5C17.3 28 9 26 3.5 22Z" />
    </svg>
  );
}
