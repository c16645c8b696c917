// What a page reads when it is opened: rows to come, what came, or that it could not be read.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Failed, Skeleton } from "../shell/states.tsx";
import { onLive, OPENED } from "../store/live.ts";

export interface Loaded<Value> {
  readonly value: Value | null;
  readonly isFailed: boolean;
  readonly reload: () => void;
  /** Shows what is about to be; returns the way back, for when the server refuses. */
  readonly set: (change: (value: Value) => Value) => () => void;
}

/** Read again when one of `names` is another; `join` lays what was found over what is shown. */
export function useLoaded<Value>(load: () => Promise<Value>, names: readonly unknown[] = [], join: (shown: Value, found: Value) => Value = (_, found) => found): Loaded<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  // Whoever was given `set` long ago changes what is shown now.
  const shown = useRef<Value | null>(null);
  const show = (found: Value | null): void => {
    shown.current = found;
    setValue(() => found);
  };
  // An answer counts unless it was asked for before the one that is shown, or of other names.
  const newest = useRef(0);
  const asked = useRef(0);
  useEffect(() => () => void (newest.current = asked.current), names);
  useEffect(() => {
    const mine = ++asked.current;
    const isLate = (): boolean => mine <= newest.current;
    setFailed(false);
    load().then(
      (found) => {
        if (isLate()) return;
        newest.current = mine;
        show(shown.current === null ? found : join(shown.current, found));
      },
      () => mine === asked.current && !isLate() && setFailed(true),
    );
  }, [round, ...names]);
  const reload = (): void => setRound((each) => each + 1);
  const set = (change: (value: Value) => Value): (() => void) => {
    const before = shown.current;
    if (before !== null) show(change(before));
    return () => {
      show(before);
      reload();
    };
  };
  return { value, isFailed, reload, set };
}

/** Read again when something happens whose name begins so, whoever did it; and when something was missed. */
export function useFollowed<Value>(loaded: Loaded<Value>, ...beginnings: readonly string[]): Loaded<Value> {
  const reload = useRef(loaded.reload);
  reload.current = loaded.reload;
  useEffect(() => onLive(({ type }) => [...beginnings, "reset", OPENED].some((each) => type.startsWith(each)) && reload.current()), []);
  return loaded;
}

/** The event that tells of it may have come before its answer has. */
export const holds = (all: readonly { readonly id: string }[], made: { readonly id: string }): boolean => all.some(({ id }) => id === made.id);

interface LoadedProps<Value> {
  readonly of: Loaded<Value>;
  readonly rows?: number;
  readonly children: (value: Value) => JSX.Element;
}

export function WhenLoaded<Value>({ of, rows = 4, children }: LoadedProps<Value>): JSX.Element {
  if (of.isFailed && of.value === null) return <Failed onRetry={of.reload} />;
  return of.value === null ? <Skeleton rows={rows} /> : children(of.value);
}
