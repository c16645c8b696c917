// A chart's frame: a picture for the eyes, and the same numbers as a table for everybody else.
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { number, t } from "../../words/words.ts";

interface ChartProps {
  readonly title: string;
  readonly note: string;
  readonly heading: string;
  /** Null while they are on their way. */
  readonly rows: readonly (readonly [name: string, count: number])[] | null;
  readonly children: ComponentChildren;
}

export function Chart({ title, note, heading, rows, children }: ChartProps): JSX.Element {
  const id = useId();
  return (
    <section class="chart" aria-labelledby={id}>
      <header class="chart-head">
        <h2 id={id}>{title}</h2>
        <span class="muted">{note}</span>
      </header>
      <div class="chart-body" aria-hidden="true">
        {children}
      </div>
      <table class="sr" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            <th scope="col">{t("home.bugs")}</th>
          </tr>
        </thead>
        <tbody>
          {rows?.map(([name, count]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
