// One of a few words, chosen in the browser's own list.
import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly name?: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly value?: Value;
  readonly hint?: string;
  /** The label is said and not shown: the row says what it is. */
  readonly isBare?: boolean;
  readonly onPick?: (value: Value) => void;
}

export function Select<Value extends string>(props: SelectProps<Value>): JSX.Element {
  const { label, name, options, value, hint, isBare = false, onPick } = props;
  const id = useId();
  const chosen = onPick === undefined ? { defaultValue: value } : { value };
  const pick = (at: number): void => {
    const option = options[at];
    if (option !== undefined) onPick?.(option[0]);
  };
  return (
    <div class={isBare ? "field bare" : "field"}>
      <label for={id} class={isBare ? "sr" : undefined}>
        {label}
      </label>
      <select id={id} name={name} {...chosen} aria-describedby={hint === undefined ? undefined : `${id}-hint`} onChange={(event) => pick(event.currentTarget.selectedIndex)}>
        {options.map(([each, text]) => (
          <option key={each} value={each} selected={each === value}>
            {text}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <span id={`${id}-hint`} class="hint">
          {hint}
        </span>
      )}
    </div>
  );
}
