// One line of the timeline; chosen, it tells the rest of what it knows.
import type { ComponentChildren, JSX } from "preact";
import { CopyButton } from "../../ui/copy.tsx";
import { Icon } from "../../ui/icon.tsx";
import { memo } from "../../ui/memo.ts";
import { exact } from "../../ui/moment.tsx";
import { number, t } from "../../words/words.ts";
import { shortUrl } from "./addresses.ts";
import { curlOf } from "./curl.ts";
import { type Action, clock, type ConsoleLine, isFailure, type Request, type Row } from "./evidence.ts";
import { choose } from "./timeline.tsx";
import { LANE_ICONS } from "./timeline_tools.tsx";
import { type Span, WaterfallBar } from "./waterfall.tsx";

interface EntryRowProps {
  readonly row: Row;
  readonly start: number;
  /** Of all requests, where they are shown beside each other. */
  readonly span: Span | null;
  readonly page: string | null;
  readonly isOpen: boolean;
  /** Of these rows the one that was the latest when what was chosen happened. */
  readonly isMoment: boolean;
  readonly isNear: boolean;
}

export const EntryRow = memo(EntryLine);

function EntryLine({ row, start, span, page, isOpen, isMoment, isNear }: EntryRowProps): JSX.Element {
  const look = ["entry", row.isError && "entry-error", row.isWarning && "entry-warning", isOpen && "entry-open", isMoment && "entry-moment", isNear && "entry-near"];
  return (
    <li id={`entry-${row.id}`} class={look.filter(Boolean).join(" ")}>
      <button type="button" class="entry-line" aria-expanded={isOpen} aria-current={isMoment ? "time" : undefined} onClick={() => choose(row)}>
        <time class="entry-at" title={row.at === 0 ? undefined : exact(row.at)}>
          {clock(row.at, start)}
        </time>
        <Icon name={row.isError ? "alert" : LANE_ICONS[row.lane]} />
        <span class="sr">{row.isError ? t("bug.is_error") : t(`bug.lane_${row.lane}`)}</span>
        <Line row={row} span={span} page={page} />
      </button>
      {isOpen && (
        <div class="entry-more">
          <More row={row} page={page} />
        </div>
      )}
    </li>
  );
}

function Line({ row, span, page }: Pick<EntryRowProps, "row" | "span" | "page">): JSX.Element {
  switch (row.lane) {
    case "console":
      return (
        <Words text={row.line.message} whole={row.line.message}>{row.line.count > 1 && <span class="entry-count">× {number(row.line.count)}</span>}</Words>
      );
    case "network":
      return (
        <Words text={`${row.request.method} ${shortUrl(row.request.url, page)}`} whole={`${row.request.method} ${row.request.url}`}>
          <span class={isFailure(row.request) ? "entry-status entry-failed" : "entry-status"}>{statusText(row.request)}</span>
          <span class="entry-duration">{row.request.durationMs === null ? "" : duration(row.request.durationMs)}</span>
          {span !== null && <WaterfallBar at={row.at} request={row.request} span={span} isError={row.isError} />}
        </Words>
      );
    case "actions":
      return <Words text={actionText(row.action, page)} whole={actionText(row.action, null)} />;
  }
}

interface WordsProps {
  readonly text: string;
  readonly whole: string;
  readonly children?: ComponentChildren;
}

function Words({ text, whole, children }: WordsProps): JSX.Element {
  return (
    <>
      <span class="entry-text" dir="auto" title={whole}>
        {text}
      </span>
      {children}
    </>
  );
}

function More({ row, page }: { readonly row: Row; readonly page: string | null }): JSX.Element {
  switch (row.lane) {
    case "console":
      return <ConsoleMore line={row.line} />;
    case "network":
      return <RequestMore request={row.request} page={page} />;
    case "actions":
      return <ActionMore action={row.action} />;
  }
}

function ConsoleMore({ line }: { readonly line: ConsoleLine }): JSX.Element {
  const whole = line.stack === null || line.stack.includes(line.message) ? (line.stack ?? line.message) : `${line.message}\n${line.stack}`;
  return (
    <>
      <pre class="entry-whole" tabIndex={0} dir="auto">
        {whole}
      </pre>
      <div class="entry-do">
        <span class="muted">{line.level}</span>
        <CopyButton text={whole} label={t("bug.copy")} />
      </div>
    </>
  );
}

function RequestMore({ request, page }: { readonly request: Request; readonly page: string | null }): JSX.Element {
  const sizes = [request.requestBytes === null ? null : t("bug.sent", { size: bytes(request.requestBytes) }), request.responseBytes === null ? null : t("bug.received", { size: bytes(request.responseBytes) })];
  return (
    <>
      <pre class="entry-whole" tabIndex={0}>
        {`${request.method} ${request.url}`}
        {request.responseHeaders.map(([name, value]) => `\n${name}: ${value}`)}
      </pre>
      <div class="entry-do">
        <span class="muted">{[statusText(request), ...sizes].filter((part) => part !== null).join(" · ")}</span>
        <CopyButton text={curlOf(request, page)} label={t("bug.copy_curl")} />
      </div>
    </>
  );
}

function ActionMore({ action }: { readonly action: Action }): JSX.Element {
  const place = action.x === null || action.y === null ? [] : [`x ${action.x}, y ${action.y}`];
  return (
    <pre class="entry-whole" tabIndex={0}>
      {[action.kind, action.target, action.url, ...place].filter((part) => part !== null).join("\n")}
    </pre>
  );
}

function actionText({ kind, target, url }: Action, page: string | null): string {
  return [kind, target ?? shortUrl(url ?? "", page)].join(" ");
}

function statusText({ status }: Request): string {
  if (status === null) return "";
  return status === 0 ? t("bug.no_answer") : String(status);
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${number(Math.round(milliseconds))} ms` : `${number(Math.round(milliseconds / 100) / 10)} s`;
}

export function bytes(size: number): string {
  return size < 1000 ? `${number(size)} B` : size < 1_000_000 ? `${number(Math.round(size / 100) / 10)} KB` : `${number(Math.round(size / 100_000) / 10)} MB`;
}
