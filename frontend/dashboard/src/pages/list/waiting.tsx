// A project without a report: one line to copy, and a light that turns green when the first arrives.
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { ProjectItem, SnippetItem, SnippetList } from "../../api/types.ts";
import { bugPath } from "../../routing/paths.ts";
import { Skeleton } from "../../shell/states.tsx";
import { matching, revision } from "../../store/bugs.ts";
import { CopyButton } from "../../ui/copy.tsx";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../../words/words.ts";

export function Waiting({ project }: { readonly project: ProjectItem }): JSX.Element {
  const [list, setList] = useState<SnippetList | null>(null);
  const [framework, setFramework] = useState(0);
  useEffect(() => {
    void call("GET /projects/{project_id}/snippets", { path: { project_id: project.id } }).then(setList, () => setList(null));
  }, [project.id]);
  const snippet = list?.snippets[framework];
  return (
    <div class="page narrow waiting">
      <h1>{t("waiting.title", { name: project.name })}</h1>
      <p class="lead">{t("waiting.lead")}</p>
      <ol class="waiting-steps">
        <li>
          <h2>{t("waiting.copy")}</h2>
          {list === null || snippet === undefined ? (
            <Skeleton rows={2} />
          ) : (
            <>
              <Frameworks list={list} chosen={framework} onChoose={setFramework} />
              <Snippet snippet={snippet} />
            </>
          )}
        </li>
        <li>
          <h2>{t("waiting.report")}</h2>
          <p class="muted">{t("waiting.report_text")}</p>
          {project.apiKey !== null && <Try project={project} apiKey={project.apiKey} />}
        </li>
      </ol>
      <Light project={project} />
    </div>
  );
}

function Frameworks({ list, chosen, onChoose }: { readonly list: SnippetList; readonly chosen: number; readonly onChoose: (at: number) => void }): JSX.Element {
  return (
    <div class="frameworks" role="group" aria-label={t("waiting.frameworks")}>
      {list.snippets.map((each, at) => (
        <button key={each.framework} type="button" class="framework" aria-pressed={at === chosen} onClick={() => onChoose(at)}>
          {each.title}
        </button>
      ))}
    </div>
  );
}

function Snippet({ snippet }: { readonly snippet: SnippetItem }): JSX.Element {
  return (
    <figure class="snippet">
      <figcaption class="snippet-head">
        <span class="muted">{snippet.where}</span>
        <CopyButton text={snippet.code} label={t("waiting.copy_button")} />
      </figcaption>
      <pre class="copy-box scroll" tabIndex={0} aria-label={snippet.title}>
        <code>{snippet.code}</code>
      </pre>
    </figure>
  );
}

/** From this page, to see that all works before a site is touched. */
function Try({ project, apiKey }: { readonly project: ProjectItem; readonly apiKey: string }): JSX.Element {
  const line = `curl -X POST ${location.origin}/api/v1/reports -H "X-API-Key: ${apiKey}" -H "Content-Type: application/json" -d '{"title": "Button broken", "severity": "high", "category": "bug"}'`;
  return (
    <details class="try">
      <summary>{t("waiting.curl")}</summary>
      <figure class="snippet">
        <figcaption class="snippet-head">
          <a href={`/widget/test?project=${project.code}`}>{t("waiting.test_page")}</a>
          <CopyButton text={line} label={t("waiting.copy_button")} />
        </figcaption>
        <pre class="copy-box" tabIndex={0} aria-label="curl">
          <code>{line}</code>
        </pre>
      </figure>
    </details>
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
