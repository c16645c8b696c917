/** Keys as people write them: "Alt+Shift+B". By place on the keyboard too, since Alt turns letters into others on a Mac. */
type Pressed = Pick<KeyboardEvent, "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "key" | "code">;

export function opensForm(event: Pressed, hotkey: string | null): boolean {
  const wanted = hotkey?.toLowerCase().split("+") ?? [];
  const key = wanted.pop();
  const held = { alt: event.altKey, ctrl: event.ctrlKey, meta: event.metaKey, shift: event.shiftKey };
  const isHeld = Object.entries(held).every(([name, is]) => is === wanted.includes(name));
  return isHeld && key !== undefined && [event.key, event.code.replace(/^(Key|Digit)/, "")].some((it) => it.toLowerCase() === key);
}

/** As `aria-keyshortcuts` wants it. */
export const shortcutOf = (hotkey: string | null): string | null => hotkey?.replace(/ctrl/i, "Control") ?? null;
