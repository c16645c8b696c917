// What a token may do, chosen right by right.
import type { JSX } from "preact";
import type { Scope } from "../api/types.ts";
import { scopeWord } from "./rights.ts";

interface ScopesProps {
  readonly title: string;
  /** Otherwise it is only said. */
  readonly isTitleSeen?: boolean;
  readonly offered: readonly Scope[];
  readonly chosen: readonly Scope[];
  readonly onChange: (chosen: readonly Scope[]) => void;
}

export function Scopes({ title, isTitleSeen = true, offered, chosen, onChange }: ScopesProps): JSX.Element {
  const toggle = (scope: Scope): void => onChange(chosen.includes(scope) ? chosen.filter((each) => each !== scope) : [...chosen, scope]);
  return (
    <fieldset class={isTitleSeen ? "choices" : "choices scopes"}>
      <legend class={isTitleSeen ? undefined : "sr"}>{title}</legend>
      {offered.map((scope) => (
        <label key={scope} class="check">
          <input type="checkbox" checked={chosen.includes(scope)} onChange={() => toggle(scope)} />
          <span>{scopeWord(scope)}</span>
        </label>
      ))}
    </fieldset>
  );
}
