// One of a few ways, each with what it means.
import type { ComponentChildren, JSX } from "preact";

interface ChoiceProps {
  readonly name: string;
  readonly isChosen: boolean;
  readonly hint: string;
  readonly onPick: () => void;
  readonly children: ComponentChildren;
}

export function Choice({ name, isChosen, hint, onPick, children }: ChoiceProps): JSX.Element {
  return (
    <label class="choice">
      <input type="radio" name={name} checked={isChosen} onChange={onPick} />
      <span>{children}</span>
      <span class="hint">{hint}</span>
    </label>
  );
}
