// A part of a page of settings: what it is, what it is for, and what can be done about it.
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

interface SectionProps {
  readonly title: string;
  readonly hint?: ComponentChildren;
  readonly action?: ComponentChildren;
  readonly children?: ComponentChildren;
}

export function Section({ title, hint, action, children }: SectionProps): JSX.Element {
  const id = useId();
  return (
    <section class="part" aria-labelledby={id}>
      <div class="part-head">
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {hint !== undefined && <p class="hint part-hint">{hint}</p>}
      {children}
    </section>
  );
}
