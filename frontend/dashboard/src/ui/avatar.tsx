import type { JSX } from "preact";

/** Initials; the name is said beside it, or on hover. */
export function Avatar({ name, size = 20 }: { readonly name: string; readonly size?: 20 | 24 }): JSX.Element {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => Array.from(word ?? "")[0] ?? "").join("");
  return (
    <span class={`avatar avatar-${size}`} aria-hidden="true">
      {initials.toUpperCase() || "?"}
    </span>
  );
}
