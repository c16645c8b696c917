import type { JSX } from "preact";
import { bugPath, projectPath } from "../../routing/paths.ts";
import { Empty, Skeleton } from "../../shell/states.tsx";
import type { Bug } from "../../store/bug.ts";
import { projects } from "../../store/workspace.ts";
import { Moment } from "../../ui/moment.tsx";
import { SeverityIcon, severityWord, StatusIcon, statusWord } from "../../ui/states.tsx";
import { t } from "../../words/words.ts";

export function Recent({ bugs }: { readonly bugs: readonly Bug[] | null }): JSX.Element {
  return (
    <section class="section" aria-labelledby="recent">
      <h2 id="recent">{t("home.recent")}</h2>
      {bugs === null ? (
        <div class="recent-wait">
          <Skeleton />
        </div>
      ) : bugs.length === 0 ? (
        <NothingYet />
      ) : (
        <ul class="lines">
          {bugs.map((bug) => (
            <BugLine key={bug.id} bug={bug} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NothingYet(): JSX.Element {
  const first = projects.value[0];
  return (
    <Empty icon="inbox" title={t("home.nothing")} text={t("home.nothing_text")}>
      {first !== undefined && (
        <a class="button primary" href={projectPath(first)}>
          {t("home.send_first")}
        </a>
      )}
    </Empty>
  );
}

function BugLine({ bug }: { readonly bug: Bug }): JSX.Element | null {
  const project = projects.value.find((each) => each.id === bug.projectId);
  if (project === undefined) return null;
  return (
    <li>
      <a class="line recent-line" href={bugPath(project, bug.number)}>
        <span class="recent-icon" title={severityWord(bug.severity)}>
          <SeverityIcon severity={bug.severity} />
          <span class="sr">{severityWord(bug.severity)}</span>
        </span>
        <span class="recent-number muted">{bug.trackingId}</span>
        <span class="recent-icon" title={statusWord(bug.status)}>
          <StatusIcon status={bug.status} />
          <span class="sr">{statusWord(bug.status)}</span>
        </span>
        <span class="recent-title" dir="auto" title={bug.title}>
          {bug.title}
        </span>
        <span class="muted recent-when">
          <Moment at={bug.createdAt} />
        </span>
      </a>
    </li>
  );
}
