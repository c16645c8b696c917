// A project without a report: one line to copy, and a light that turns green when the first arrives.
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { bugPath, testPagePath } from "../../routing/paths.ts";
import { matching, revision } from "../../store/bugs.ts";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../../words/words.ts";
import { SettingsLink } from "../project/settings_link.tsx";
import { Snippets } from "../project/snippets.tsx";
import { TryIt } from "../project/try_it.tsx";

export function Waiting({ project }: { readonly project: ProjectItem }): JSX.Element {
  return (
    <div class="page narrow waiting">
      <div class="part-head">
        <h1>{t("waiting.title", { name: project.name })}</h1>
        <SettingsLink project={project} />
      </div>
      <p class="lead">{t("waiting.lead")}</p>
      <ol class="waiting-steps">
        <li>
          <h2>{t("waiting.copy")}</h2>
          <Snippets project={project} />
        </li>
        <li>
          <h2>{t("waiting.report")}</h2>
          <p class="muted">{t("waiting.report_text")}</p>
          {project.apiKey !== null && (
            <p class="inline">
              <span class="muted">{t("waiting.no_site")}</span>
              <a class="button small" href={testPagePath(project)} target="_blank" rel="noopener">
                {t("waiting.try_page")}
                <Icon name="external" />
              </a>
            </p>
          )}
          <details class="try">
            <summary>{t("waiting.curl")}</summary>
            <TryIt project={project} />
          </details>
        </li>
      </ol>
      <Light project={project} />
    </div>
  );
}

function Light({ project }: { readonly project: ProjectItem }): JSX.Element {
  const first = useComputed(() => {
    void revision.value;
    return matching(project.id, () => true)[0];
  });
  const bug = first.value;
  return (
    <div class={bug === undefined ? "light" : "light light-on"} role="status">
      {bug === undefined ? <span class="light-dot" /> : <Icon name="check" size={20} />}
      <span class="light-text">
        <strong>{t(bug === undefined ? "waiting.waiting" : "waiting.arrived")}</strong>
        <span class="muted">{bug === undefined ? t("waiting.waiting_text") : `${bug.trackingId} ${bug.title}`}</span>
      </span>
      {bug !== undefined && (
        <a class="button primary" href={bugPath(project, bug.number)}>
          {t("waiting.open")}
        </a>
      )}
    </div>
  );
}
