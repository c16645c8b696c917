// Which of the timeline: a lane, a level, words; and the requests as a file.
import type { JSX } from "preact";
import { ask } from "../../api/client.ts";
import { Refusal } from "../../api/problem.ts";
import { setQuery } from "../../routing/router.ts";
import type { Bug } from "../../store/bug.ts";
import { sayRefused } from "../../store/toasts.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { number, t } from "../../words/words.ts";
import { type Lane, LANES, type Row } from "./evidence.ts";
import { type Choice, LEVELS } from "./looking.ts";

export const EVIDENCE_INPUT = "evidence-search";
export const LANE_ICONS: Readonly<Record<Lane, IconName>> = { console: "terminal", network: "network", actions: "pointer" };

interface ToolsProps {
  readonly rows: readonly Row[];
  readonly choice: Choice;
  readonly bug: Bug;
  readonly found: number;
}

export function Tools({ rows, choice, bug, found }: ToolsProps): JSX.Element {
  const counts = new Map<string, number>([["all", rows.length]]);
  for (const row of rows) counts.set(row.lane, (counts.get(row.lane) ?? 0) + 1);
  return (
    <>
      <div class="lanes" role="group" aria-label={t("bug.lanes")}>
        {(["all", ...LANES] as const).map((lane) => (
          <button key={lane} type="button" class="lane" aria-pressed={choice.lane === lane} onClick={() => setQuery({ lane: lane === "all" ? null : lane })}>
            {t(`bug.lane_${lane}`)} <span class="lane-count">{number(counts.get(lane) ?? 0)}</span>
          </button>
        ))}
      </div>
      <select class="timeline-level" aria-label={t("bug.level")} value={choice.level} onChange={({ currentTarget: { value } }) => setQuery({ level: value === "all" ? null : value })}>
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {t(`bug.level_${level}`)}
          </option>
        ))}
      </select>
      <label class="timeline-search">
        <Icon name="search" />
        <span class="sr">{t("bug.search")}</span>
        <input id={EVIDENCE_INPUT} type="search" placeholder={t("bug.search")} value={choice.find} onInput={({ currentTarget: { value } }) => setQuery({ find: value === "" ? null : value })} onKeyDown={leave} />
      </label>
      <span class="sr" role="status">
        {t("bug.found", { count: found })}
      </span>
      {counts.has("network") && (
        <button type="button" class="button small" onClick={() => void saveHar(bug)}>
          {t("bug.har")}
        </button>
      )}
    </>
  );
}

function leave(event: KeyboardEvent): void {
  if (event.key === "Escape" && event.currentTarget instanceof HTMLElement) event.currentTarget.blur();
}

async function saveHar(bug: Bug): Promise<void> {
  try {
    const answer = await ask("GET /reports/{report_id}/har", { path: { report_id: bug.id } });
    save(`${bug.trackingId}.har`, await answer.blob());
  } catch (error) {
    sayRefused(error instanceof Refusal ? error.message : t("error.offline"));
  }
}

function save(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
