/** What goes along without being asked for: all of it can be looked at, and taken out. */
import type { ActionEntry, ConsoleEntry, NetworkEntry } from "../core/evidence.ts";
import type { View } from "./form.tsx";
import { IconButton } from "./enclosures.tsx";
import { Icon } from "./icons.tsx";
import { PARTS, type Part, type Sheet } from "./sheet.ts";
import { fill } from "./words/english.ts";

/** `key` is what stands in `leftOut` when it is taken out. */
interface Line {
  readonly key: unknown;
  readonly text: string;
  readonly isBad?: boolean;
}

export const Along = (view: View) => (
  <section class="along" aria-labelledby="along">
    <h3 id="along">{view.words.along}</h3>
    <div class="parts">
      {PARTS.map((part) => (
        <PartRow key={part} view={view} part={part} />
      ))}
    </div>
  </section>
);

function PartRow({ view, part }: { readonly view: View; readonly part: Part }) {
  const { desk, words } = view;
  const { sheet } = desk.state;
  const lines = linesOf(sheet, part);
  const kept = lines.filter(({ key }) => !sheet.leftOut.has(key));
  const isIn = !sheet.leftOut.has(part) && kept.length > 0;
  const count = isIn && kept.length < lines.length ? fill(words.some, { count: kept.length, all: lines.length }) : lines.length;
  return (
    <div class={isIn || lines.length === 0 ? "part" : "part out"}>
      <input
        type="checkbox"
        aria-label={fill(words.include, { name: words[part] })}
        disabled={lines.length === 0}
        checked={isIn}
        indeterminate={isIn && kept.length < lines.length}
        onChange={() => desk.change({ leftOut: toggled(sheet, part, lines, isIn) })}
      />
      <details>
        <summary>
          <span>{words[part]}</span>
          <span class="count">{count}</span>
          <Icon name="chevron" />
        </summary>
        {kept.length > 0 ? <Lines {...view} lines={kept} /> : <p class="hint">{words.nothing}</p>}
      </details>
    </div>
  );
}

const Lines = ({ desk, words, lines }: View & { readonly lines: readonly Line[] }) => (
  <ul>
    {lines.map((line, at) => (
      <li key={at} class={line.isBad ? "bad" : ""}>
        <span dir="ltr">{line.text}</span>
        <IconButton
          icon="close"
          label={fill(words.remove, { name: line.text.slice(0, 60) })}
          onClick={() => desk.change({ leftOut: new Set([...desk.state.sheet.leftOut, line.key]) })}
        />
      </li>
    ))}
  </ul>
);

/** Taking a part back in takes all of it back in. */
function toggled({ leftOut }: Sheet, part: Part, lines: readonly Line[], isIn: boolean): ReadonlySet<unknown> {
  if (isIn) return new Set([...leftOut, part]);
  const back = new Set<unknown>([part, ...lines.map(({ key }) => key)]);
  return new Set([...leftOut].filter((key) => !back.has(key)));
}

function linesOf({ evidence }: Sheet, part: Part): Line[] {
  if (part === "console") return evidence.console.map(consoleLine);
  if (part === "network") return evidence.network.map(networkLine);
  if (part === "actions") return evidence.actions.map(actionLine);
  const told = Object.entries(evidence.environment).filter(([, value]) => value !== "");
  return told.map(([key, value]) => ({
    key,
    text: `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`,
  }));
}

const consoleLine = (entry: ConsoleEntry): Line => ({
  key: entry,
  text: entry.message + (entry.count ? ` (${entry.count})` : ""),
  isBad: entry.level === "error",
});

const networkLine = (entry: NetworkEntry): Line => ({
  key: entry,
  text: `${entry.status || "–"} ${entry.method} ${entry.url}`,
  isBad: entry.status === 0 || entry.status >= 400,
});

const actionLine = (entry: ActionEntry): Line => ({
  key: entry,
  text: [entry.type, entry.target ?? entry.url].filter(Boolean).join(" "),
});
