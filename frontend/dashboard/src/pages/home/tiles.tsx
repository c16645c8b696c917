import type { JSX } from "preact";
import type { OverviewItem } from "../../api/types.ts";
import { language, number, t } from "../../words/words.ts";
import { duration } from "./days.ts";

/** The four numbers; null while they are on their way. */
export function Tiles({ overview }: { readonly overview: OverviewItem | null }): JSX.Element {
  const mean = overview?.avgResolutionHours ?? 0;
  // The API says 0 both for "none" and for what was resolved within seconds.
  const none = mean === 0 && overview?.resolvedToday === 0;
  return (
    <dl class="tiles">
      <Tile label={t("home.open")} value={overview && number(overview.openBugs)} />
      <Tile label={t("home.total")} value={overview && number(overview.totalBugs)} />
      <Tile label={t("home.resolved_today")} value={overview && number(overview.resolvedToday)} hint={t("home.utc")} />
      <Tile label={t("home.mean")} value={overview && (none ? "–" : duration(mean, language))} hint={t(none ? "home.none_resolved" : "home.thirty_days")} />
    </dl>
  );
}

interface TileProps {
  readonly label: string;
  readonly value: string | null;
  readonly hint?: string;
}

function Tile({ label, value, hint }: TileProps): JSX.Element {
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd class="tile-value">{value ?? <span class="tile-wait" />}</dd>
      {hint !== undefined && <dd class="tile-hint">{hint}</dd>}
    </div>
  );
}
