// New bugs a day: a bar for each of the last 30.
import type { JSX } from "preact";
import { language, number, t } from "../../words/words.ts";
import { Chart } from "./chart.tsx";
import type { Day } from "./days.ts";

const HEIGHT = 100;
const SLOT = 10;
const BAR = 7;

export function Trend({ days }: { readonly days: readonly Day[] | null }): JSX.Element {
  const most = Math.max(1, ...(days ?? []).map(({ count }) => count));
  const sum = (days ?? []).reduce((all, { count }) => all + count, 0);
  return (
    <Chart title={t("home.trend")} note={days === null ? "" : t("home.trend_note", { count: sum })} heading={t("home.day")} rows={days?.map(({ date, count }) => [dayWord(date), count]) ?? null}>
      <div class="trend">
        <span class="trend-most">{days === null ? "" : number(most)}</span>
        {days === null ? <span class="trend-bars chart-wait" /> : <Bars days={days} most={most} />}
        <span class="trend-first">{days?.[0] && dayWord(days[0].date)}</span>
        <span class="trend-last">{days === null ? "" : t("home.today")}</span>
      </div>
    </Chart>
  );
}

function Bars({ days, most }: { readonly days: readonly Day[]; readonly most: number }): JSX.Element {
  return (
    <svg class="trend-bars" viewBox={`0 0 ${days.length * SLOT} ${HEIGHT}`} preserveAspectRatio="none" focusable="false">
      {days.map(({ date, count }, at) => {
        const height = count === 0 ? 1 : Math.max(4, (count / most) * HEIGHT);
        return (
          <g key={date}>
            <title>{`${dayWord(date)}: ${number(count)}`}</title>
            <rect class="trend-slot" x={at * SLOT} y="0" width={SLOT} height={HEIGHT} />
            <rect class={count === 0 ? "trend-bar trend-none" : "trend-bar"} x={at * SLOT + (SLOT - BAR) / 2} y={HEIGHT - height} width={BAR} height={height} />
          </g>
        );
      })}
    </svg>
  );
}

function dayWord(date: string): string {
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(date));
}
