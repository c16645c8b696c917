// A label in its own colour, which is a dot: the word is as readable as any.
import type { JSX } from "preact";
import { labelOf } from "../store/workspace.ts";

export function Dot({ color }: { readonly color: string }): JSX.Element {
  return (
    <svg class="dot" viewBox="0 0 8 8" width="8" height="8" aria-hidden="true" focusable="false">
      <circle cx="4" cy="4" r="4" fill={color} />
    </svg>
  );
}

export function Label({ name, projectId }: { readonly name: string; readonly projectId: string }): JSX.Element {
  const color = labelOf(projectId, name)?.color ?? "currentColor";
  return (
    <span class="label" title={name}>
      <Dot color={color} />
      <span class="label-text">{name}</span>
    </span>
  );
}
