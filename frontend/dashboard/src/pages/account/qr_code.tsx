import type { JSX } from "preact";
import type { QrItem } from "../../api/types.ts";

const MARGIN = 4;

/** Dark on light in either theme: not every reader takes the opposite. */
export function QrCode({ code, label }: { readonly code: QrItem; readonly label: string }): JSX.Element {
  const whole = code.size + 2 * MARGIN;
  return (
    <svg class="qr" viewBox={`-${MARGIN} -${MARGIN} ${whole} ${whole}`} width="196" height="196" role="img" aria-label={label}>
      <path d={code.path} />
    </svg>
  );
}
