// A look at a bug without leaving the list; it follows the cursor.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { sameOrigin } from "../../api/attachment_links.ts";
import { call } from "../../api/client.ts";
import type { ProjectItem, ReportDetail } from "../../api/types.ts";
import { bugPath } from "../../routing/paths.ts";
import { Skeleton } from "../../shell/states.tsx";
import type { Bug } from "../../store/bug.ts";
import { personName } from "../../store/members.ts";
import { Icon } from "../../ui/icon.tsx";
import { Label } from "../../ui/label.tsx";
import { Moment } from "../../ui/moment.tsx";
import { SeverityIcon, severityWord, StatusIcon, statusWord } from "../../ui/states.tsx";
import { t } from "../../words/words.ts";

interface PeekProps {
  readonly bug: Bug;
  readonly project: ProjectItem;
  readonly onClose: () => void;
}

export function Peek({ bug, project, onClose }: PeekProps): JSX.Element {
  return (
    <aside class="peek" aria-label={t("peek.label", { code: bug.trackingId })}>
      <header class="peek-head">
        <span class="code">{bug.trackingId}</span>
        <a class="button small" href={bugPath(project, bug.number)}>
          {t("peek.open")}
        </a>
        <button type="button" class="icon-button" aria-label={t("dialog.close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <h2 class="peek-title" dir="auto">
        {bug.title}
      </h2>
      <Facts bug={bug} />
      <Detail key={bug.id} id={bug.id} />
    </aside>
  );
}

/** What it is now, in a line. */
function Facts({ bug }: { readonly bug: Bug }): JSX.Element {
  return (
    <ul class="facts">
      <li>
        <StatusIcon status={bug.status} /> {statusWord(bug.status)}
      </li>
      <li>
        <SeverityIcon severity={bug.severity} /> {severityWord(bug.severity)}
      </li>
      <li>
        <Icon name="user" /> {bug.assigneeId === null ? t("triage.nobody") : (personName(bug.assigneeId) ?? t("list.somebody"))}
      </li>
      <li>
        <Icon name="clock" /> <Moment at={bug.createdAt} />
      </li>
      {bug.labels.map((label) => (
        <li key={label}>
          <Label name={label} projectId={bug.projectId} />
        </li>
      ))}
    </ul>
  );
}

function Detail({ id }: { readonly id: string }): JSX.Element {
  const [detail, setDetail] = useState<ReportDetail | "failed" | null>(null);
  useEffect(() => {
    const { signal, abort } = abortable();
    call("GET /reports/{report_id}", { path: { report_id: id }, signal }).then(setDetail, () => {
      if (!signal.aborted) setDetail("failed");
    });
    return abort;
  }, [id]);
  if (detail === null) return <Skeleton rows={5} />;
  if (detail === "failed") return <p class="muted">{t("state.failed")}</p>;
  const draft = detail.draft ?? null;
  const told = (detail.given || detail.when || detail.then) === "" && draft !== null ? draft : detail;
  const picture = sameOrigin(detail.annotatedScreenshotUrl ?? detail.screenshotUrl);
  return (
    <>
      {picture !== null && <img class="peek-picture" src={picture} alt={t("peek.picture")} />}
      {detail.description !== "" && (
        <p class="prose" dir="auto">
          {detail.description}
        </p>
      )}
      <dl class="steps">
        <Step word={t("peek.given")} text={told.given} />
        <Step word={t("peek.when")} text={told.when} />
        <Step word={t("peek.then")} text={told.then} />
      </dl>
    </>
  );
}

function Step({ word, text }: { readonly word: string; readonly text: string }): JSX.Element | null {
  if (text === "") return null;
  return (
    <div>
      <dt>{word}</dt>
      <dd dir="auto">{text}</dd>
    </div>
  );
}

function abortable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
