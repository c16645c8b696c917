import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface ColorProps {
  readonly label: string;
  readonly value: string;
  readonly onPick: (color: string) => void;
}

export function ColorField({ label, value, onPick }: ColorProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="beside">
        <input id={id} class="color" type="color" value={value} onInput={(event) => onPick(event.currentTarget.value)} />
        <code>{value}</code>
      </span>
    </div>
  );
}

/** Lacewing's own on light, as the tokens have it. */
export function ownAccent(): string {
  const token = getComputedStyle(document.documentElement).getPropertyValue("--accent");
  return /#[0-9a-f]{6}/i.exec(token)?.[0] ?? "";
}
