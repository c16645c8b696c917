// How grave they are: a bar for each severity, with its shape and word.
import type { JSX } from "preact";
import { SEVERITIES } from "../../store/bug.ts";
import { SeverityIcon, severityWord } from "../../ui/states.tsx";
import { number, t } from "../../words/words.ts";
import { Chart } from "./chart.tsx";
import type { SeverityCount } from "./figures.ts";

export function SeverityChart({ counts }: { readonly counts: readonly SeverityCount[] | null }): JSX.Element {
  const most = Math.max(1, ...(counts ?? []).map(({ count }) => count));
  return (
    <Chart title={t("home.by_severity")} note={t("home.all_bugs")} heading={t("home.severity")} rows={counts?.map(({ severity, count }) => [severityWord(severity), count]) ?? null}>
      <ul class="bars">
        {(counts ?? SEVERITIES.map((severity) => ({ severity, count: null }))).map(({ severity, count }) => (
          <li key={severity} class="bar-line">
            <SeverityIcon severity={severity} />
            <span class="bar-word">{severityWord(severity)}</span>
            <svg class={`bar-track severity-${severity}`} viewBox="0 0 100 8" preserveAspectRatio="none" focusable="false">
              <rect class="bar-rest" width="100" height="8" />
              <rect fill="currentColor" width={count === null || count === 0 ? 0 : Math.max(1, (count / most) * 100)} height="8" />
            </svg>
            <span class="bar-count">{count === null ? "" : number(count)}</span>
          </li>
        ))}
      </ul>
    </Chart>
  );
}
