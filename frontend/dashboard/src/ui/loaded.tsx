// What a page reads when it is opened: rows to come, what came, or that it could not be read.
import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Failed, Skeleton } from "../shell/states.tsx";

export interface Loaded<Value> {
  readonly value: Value | null;
  readonly isFailed: boolean;
  readonly reload: () => void;
  readonly set: (change: (value: Value) => Value) => void;
}

/** Read again when one of `names` is another. */
export function useLoaded<Value>(load: () => Promise<Value>, names: readonly unknown[] = []): Loaded<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isLeft = false;
    const arrived = (found: Value): void => {
      if (!isLeft) setValue(() => found);
    };
    setFailed(false);
    load().then(arrived, () => !isLeft && setFailed(true));
    return () => {
      isLeft = true;
    };
  }, [round, ...names]);
  const reload = useCallback(() => setRound((each) => each + 1), []);
  const set = useCallback((change: (value: Value) => Value) => setValue((now) => (now === null ? now : change(now))), []);
  return { value, isFailed, reload, set };
}

interface LoadedProps<Value> {
  readonly of: Loaded<Value>;
  readonly rows?: number;
  readonly children: (value: Value) => JSX.Element;
}

export function WhenLoaded<Value>({ of, rows = 4, children }: LoadedProps<Value>): JSX.Element {
  if (of.isFailed) return <Failed onRetry={of.reload} />;
  return of.value === null ? <Skeleton rows={rows} /> : children(of.value);
}
