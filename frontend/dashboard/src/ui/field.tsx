// A field with its label, what it is for, and what the server says against what stands in it.
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Refusal } from "../api/problem.ts";
import { t } from "../words/words.ts";
import { Icon } from "./icon.tsx";

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: "text" | "email" | "password" | "url" | "number";
  readonly placeholder?: string;
  readonly value?: string;
  readonly isOptional?: boolean;
  readonly autocomplete?: "name" | "email" | "current-password" | "new-password" | "one-time-code";
  /** Is written to first, and takes what a refusal says of no field in particular. */
  readonly isFirst?: boolean;
  /** The latter only. */
  readonly takesAll?: boolean;
  readonly refusal: Refusal | null;
}

export function Field(props: FieldProps): JSX.Element {
  const { name, label, hint, type = "text", placeholder, value, isOptional = false, autocomplete = "off", isFirst = false, takesAll = isFirst, refusal } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const error = errorOf(refusal, name, takesAll);
  useEffect(() => {
    if (isFirst || error !== null) input.current?.focus();
  }, [error]);
  const described = [hint === undefined ? "" : `${id}-hint`, error === null ? "" : `${id}-error`].join(" ").trim();
  // Preact's types know an input of each type apart; to this component they are alike.
  return (
    <div class={error === null ? "field" : "field has-error"}>
      <label for={id}>
        {label}
        {isOptional && <span class="optional"> {t("project.optional")}</span>}
      </label>
      <input ref={input} id={id} name={name} type={type as "text"} autocomplete={autocomplete} defaultValue={value ?? ""} placeholder={placeholder} aria-invalid={error !== null} aria-describedby={described === "" ? undefined : described} />
      {hint !== undefined && (
        <span id={`${id}-hint`} class="hint">
          {hint}
        </span>
      )}
      {error !== null && (
        <span id={`${id}-error`} class="field-error">
          <Icon name="alert" />
          {error}
        </span>
      )}
    </div>
  );
}

function errorOf(refusal: Refusal | null, name: string, takesAll: boolean): string | null {
  if (refusal === null) return null;
  const own = refusal.fields.find((field) => field.field === name);
  if (own !== undefined) return own.message;
  return takesAll && refusal.fields.length === 0 ? refusal.message : null;
}
