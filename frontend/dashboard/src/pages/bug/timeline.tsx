// Console, network and actions on one clock. What is looked at stands in the address.
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { query, setQuery } from "../../routing/router.ts";
import type { Bug } from "../../store/bug.ts";
import { t } from "../../words/words.ts";
import { EntryRow } from "./entry.tsx";
import { type Evidence, type Row, rowAt } from "./evidence.ts";
import { choiceOf, type Choice, shownOf } from "./looking.ts";
import { Strip } from "./strip.tsx";
import { Tools } from "./timeline_tools.tsx";
import { spanOf } from "./waterfall.tsx";

const ROWS_AT_FIRST = 500;
const NEAR_MILLISECONDS = 1000;

interface TimelineProps {
  readonly rows: readonly Row[];
  readonly evidence: Evidence;
  readonly bug: Bug;
}

export function Timeline({ rows, evidence, bug }: TimelineProps): JSX.Element {
  const choice = choiceOf(query.value);
  const shown = useMemo(() => shownOf(rows, choice), [rows, query.value]);
  const chosen = choice.row === null ? undefined : rows[choice.row];
  return (
    <section class="timeline" aria-labelledby="timeline-heading">
      <div class="timeline-head">
        <h2 id="timeline-heading">{t("bug.timeline")}</h2>
        {rows.length > 0 && <Tools rows={rows} choice={choice} bug={bug} found={shown.length} />}
      </div>
      {rows.length === 0 ? (
        <p class="muted timeline-none">{t("bug.no_evidence")}</p>
      ) : (
        <>
          <Strip rows={rows} chosen={chosen} onChoose={choose} />
          <Rows all={rows} rows={shown} choice={choice} chosen={chosen} page={evidence.environment.url} />
        </>
      )}
      {Object.entries(evidence.raw).map(([part, text]) => (
        <details key={part} class="timeline-raw">
          <summary>{t("bug.unread", { part })}</summary>
          <pre>{text}</pre>
        </details>
      ))}
    </section>
  );
}

interface RowsProps {
  readonly all: readonly Row[];
  readonly rows: readonly Row[];
  readonly choice: Choice;
  readonly chosen: Row | undefined;
  readonly page: string | null;
}

function Rows({ all, rows, choice, chosen, page }: RowsProps): JSX.Element {
  const [most, setMost] = useState(ROWS_AT_FIRST);
  const start = all[0]?.at ?? 0;
  // Where the row that was chosen is not among these, its moment is.
  const moment = chosen === undefined || rows.includes(chosen) ? chosen : rowAt([...rows].sort((one, other) => one.at - other.at), chosen.at);
  useEffect(() => {
    if (moment !== undefined) document.getElementById(`entry-${moment.id}`)?.scrollIntoView({ block: "nearest" });
  }, [choice.lane]);
  const span = useMemo(() => (choice.lane === "network" ? spanOf(rows) : null), [rows, choice.lane]);
  const listed = rows.slice(0, Math.max(most, moment === undefined ? 0 : rows.indexOf(moment) + 1));
  if (rows.length === 0) return <p class="muted timeline-none">{t("bug.nothing_found")}</p>;
  return (
    <>
      <ol class="entries">
        {listed.map((row) => (
          <EntryRow
            key={row.id}
            row={row}
            start={start}
            span={span}
            page={page}
            isOpen={row.id === choice.row}
            isMoment={row === moment && row !== chosen}
            isNear={chosen !== undefined && row !== chosen && Math.abs(row.at - chosen.at) <= NEAR_MILLISECONDS}
          />
        ))}
      </ol>
      {rows.length > listed.length && (
        <button type="button" class="button small timeline-more" onClick={() => setMost(rows.length)}>
          {t("bug.show_rest", { count: rows.length - listed.length })}
        </button>
      )}
    </>
  );
}

/** Chosen again, it is chosen no more. */
export function choose(row: Row): void {
  const isChosen = choiceOf(query.value).row === row.id;
  setQuery({ row: isChosen ? null : String(row.id) });
}
