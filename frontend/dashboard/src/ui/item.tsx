// A row of a list of few: a name, what is known of it below, and what can be done with it.
import type { ComponentChildren, JSX } from "preact";

interface ItemProps {
  readonly icon?: ComponentChildren;
  readonly name: ComponentChildren;
  readonly facts: readonly ComponentChildren[];
  readonly actions?: ComponentChildren;
  readonly children?: ComponentChildren;
}

export function Item({ icon, name, facts, actions, children }: ItemProps): JSX.Element {
  return (
    <li class="item">
      {icon}
      <div class="item-main">
        <p class="item-name">{name}</p>
        <p class="item-facts">
          {facts.map((fact, at) => (
            <span key={at}>{fact}</span>
          ))}
        </p>
        {children}
      </div>
      {actions !== undefined && actions !== false && <div class="item-do">{actions}</div>}
    </li>
  );
}
