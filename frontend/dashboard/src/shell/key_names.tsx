import type { JSX } from "preact";

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);
const NAMES: Readonly<Record<string, string>> = { ArrowDown: "↓", ArrowUp: "↑", Delete: "Del", Escape: "Esc", Mod: IS_APPLE ? "⌘" : "Ctrl", Shift: IS_APPLE ? "⇧" : "Shift" };

/** `Mod+k` as it stands on the keyboard. */
export function Keys({ name }: { readonly name: string }): JSX.Element {
  const keys = name.length > 1 ? name.split("+") : [name];
  return (
    <>
      {keys.map((key) => (
        <kbd key={key}>{NAMES[key] ?? (key.length === 1 && keys.length > 1 ? key.toUpperCase() : key)}</kbd>
      ))}
    </>
  );
}
