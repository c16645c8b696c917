// The way to the next page of a list, which is longer then.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { attempt } from "../store/attempt.ts";
import { t } from "../words/words.ts";

interface OlderProps {
  /** Null at the end. */
  readonly cursor: string | null;
  readonly onRead: (cursor: string) => Promise<unknown>;
}

export function Older({ cursor, onRead }: OlderProps): JSX.Element | null {
  const [isReading, setReading] = useState(false);
  if (cursor === null) return null;
  const read = (): void => {
    setReading(true);
    void attempt(() => onRead(cursor)).finally(() => setReading(false));
  };
  return (
    <p class="older">
      <button type="button" class="button small" disabled={isReading} onClick={read}>
        {t("state.older")}
      </button>
    </p>
  );
}
