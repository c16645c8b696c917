// What was done, said for ten seconds, with the way back.
import { signal } from "@preact/signals";

export const TOAST_MILLISECONDS = 10_000;

export interface Toast {
  readonly id: number;
  readonly kind: "done" | "refused";
  readonly text: string;
  readonly undo?: () => void;
  /** It went, and nobody took it back. */
  readonly onEnd?: () => void;
}

/** All that can still be taken back, the latest last; the page shows the latest few. */
export const toasts = signal<readonly Toast[]>([]);
let last = 0;
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export function say(text: string, undo?: () => void, onEnd?: () => void): number {
  return add({ id: ++last, kind: "done", text, ...(undo === undefined ? {} : { undo }), ...(onEnd === undefined ? {} : { onEnd }) });
}

export function sayRefused(text: string): number {
  return add({ id: ++last, kind: "refused", text });
}

export function dismiss(id: number): void {
  remove(id)?.onEnd?.();
}

/** Whoever leaves takes nothing back any more. */
export function endAll(): void {
  for (const { id } of toasts.value) dismiss(id);
}

/** Takes back the latest that can be, if there is one. */
export function undoLatest(): boolean {
  const toast = toasts.value.findLast((each) => each.undo !== undefined);
  if (toast === undefined) return false;
  undo(toast);
  return true;
}

export function undo({ id }: Toast): void {
  remove(id)?.undo?.();
}

/** While somebody reads it, it stays. */
export function hold(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

export function release(id: number): void {
  hold(id);
  timers.set(id, setTimeout(() => dismiss(id), TOAST_MILLISECONDS));
}

function add(toast: Toast): number {
  toasts.value = [...toasts.value, toast];
  release(toast.id);
  return toast.id;
}

function remove(id: number): Toast | undefined {
  hold(id);
  const found = toasts.value.find((toast) => toast.id === id);
  toasts.value = toasts.value.filter((toast) => toast !== found);
  return found;
}
