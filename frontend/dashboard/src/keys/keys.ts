// One key, one verb: what can be pressed now, told by whoever is on the page. Can be switched off (WCAG 2.1.4).
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { sayRefused } from "../store/toasts.ts";
import { type Key, t } from "../words/words.ts";

export interface Shortcut {
  /** As `KeyboardEvent.key` says it; "Mod+k" is Ctrl or Cmd, "Shift+j" with Shift. */
  readonly key: string;
  readonly word: Key;
  readonly group: Key;
  readonly run: (event: KeyboardEvent) => void;
  /** Not listed; whoever presses it is told why. */
  readonly isRefused?: boolean;
}
type Layer = { readonly current: readonly Shortcut[] };

const EDITING: ReadonlySet<string> = new Set(["a", "c", "v", "x", "y", "z"]);
const SWITCH = "lacewing.keys";
const layers = signal<readonly Layer[]>([]);
export const areKeysOn = signal(localStorage.getItem(SWITCH) !== "off");

export function switchKeys(on: boolean): void {
  areKeysOn.value = on;
  localStorage.setItem(SWITCH, on ? "on" : "off");
}

/** What can be pressed, the innermost meaning of a key only. */
export function shortcutsNow(): readonly Shortcut[] {
  return innermost().filter(({ isRefused }) => isRefused !== true);
}

function innermost(): readonly Shortcut[] {
  const found = new Map<string, Shortcut>();
  for (const layer of layers.value) for (const shortcut of layer.current) found.set(shortcut.key, shortcut);
  return [...found.values()];
}

/** While the component is on the page. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    layers.value = [...layers.value, latest];
    return () => {
      layers.value = layers.value.filter((layer) => layer !== latest);
    };
  }, []);
}

export function listenToKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isElsewhere(event)) return;
    const shortcut = innermost().find(({ key }) => key === nameOf(event));
    if (shortcut === undefined || (!areKeysOn.value && isOneCharacter(shortcut.key))) return;
    event.preventDefault();
    if (shortcut.isRefused === true) sayRefused(t("keys.refused"));
    else shortcut.run(event);
  });
}

/** Somebody writes, or a dialog has the word; with Ctrl or Cmd a key is meant for the page, unless it edits text. */
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (event.ctrlKey || event.metaKey) return EDITING.has(event.key.toLowerCase()) && target.matches("input, textarea, [contenteditable]");
  // A dialog has the word also when what had the focus in it is gone.
  if (document.querySelector("dialog:modal") !== null) return true;
  if (target.closest("[popover], [role=menu], [role=listbox]") !== null) return true;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  if (target.matches("input")) return !target.matches("[type=checkbox], [type=radio]") || event.key === " ";
  return target.matches("button, a, summary") && (event.key === "Enter" || event.key === " ");
}

export function nameOf(event: KeyboardEvent): string {
  const key = event.key === " " ? "Space" : event.key;
  if (event.ctrlKey || event.metaKey) return `Mod+${key.toLowerCase()}`;
  // Shift is in a character already: `?`, `J`.
  return event.shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

function isOneCharacter(key: string): boolean {
  return key.length === 1 || key === "Space";
}
