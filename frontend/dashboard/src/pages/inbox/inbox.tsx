// What one is told of, the newest first; opening it reads it.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { NotificationItem } from "../../api/types.ts";
import { accountPath, bugPath, HOME } from "../../routing/paths.ts";
import { Empty, Failed, Skeleton } from "../../shell/states.tsx";
import { useTitle } from "../../shell/title.ts";
import { inbox, isFailed, loadInbox, loadOlder, read, readAll, unreadWord } from "../../store/inbox.ts";
import { projects } from "../../store/workspace.ts";
import { Icon } from "../../ui/icon.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Older } from "../../ui/older.tsx";
import { statusWord } from "../../ui/states.tsx";
import { t } from "../../words/words.ts";

export default function Inbox(): JSX.Element {
  useTitle(t("inbox.title"));
  useEffect(() => void loadInbox(), []);
  const found = inbox.value;
  if (isFailed.value) return <Failed onRetry={() => void loadInbox()} />;
  return (
    <div class="page">
      <div class="inbox-head">
        <h1>{t("inbox.title")}</h1>
        <button type="button" class="button small" disabled={unreadWord.value === undefined} onClick={readAll}>
          {t("inbox.read_all")}
        </button>
        <a class="icon-button" href={accountPath("notifications")} aria-label={t("inbox.choose")} title={t("inbox.choose")}>
          <Icon name="settings" />
        </a>
      </div>
      {found === null ? (
        <Skeleton />
      ) : found.items.length === 0 ? (
        <Empty icon="bell" title={t("inbox.none")} text={t("inbox.none_text")} />
      ) : (
        <>
          <ul class="lines">
            {found.items.map((item) => (
              <Told key={item.id} item={item} />
            ))}
          </ul>
          <Older cursor={found.nextCursor} onRead={loadOlder} />
        </>
      )}
    </div>
  );
}

function Told({ item }: { readonly item: NotificationItem }): JSX.Element {
  const isNew = item.readAt === null;
  return (
    <li>
      <a class={`line told${isNew ? " told-new" : ""}`} href={hrefOf(item)} onClick={() => read(item)}>
        <span class="told-mark">{isNew && <span class="sr">{t("inbox.unread")}</span>}</span>
        <span class="told-text">
          <span class="told-title" dir="auto" title={item.report.title}>
            {item.report.trackingId} {item.report.title}
          </span>
          <span class="told-what muted" dir="auto" title={item.comment ?? undefined}>
            {sentence(item)}
          </span>
        </span>
        <span class="muted recent-when">
          <Moment at={Date.parse(item.at)} />
        </span>
      </a>
    </li>
  );
}

function sentence({ topic, actorName, status, comment, report }: NotificationItem): string {
  const values = { who: actorName ?? t("inbox.somebody"), status: status === null ? "" : statusWord(status), project: report.projectName };
  const said = t(`inbox.${topic}`, values);
  return comment === null ? said : `${said}: ${comment}`;
}

function hrefOf({ report }: NotificationItem): string {
  const project = projects.value.find((each) => each.id === report.projectId);
  return project === undefined ? HOME : bugPath(project, Number(report.trackingId.slice(report.trackingId.lastIndexOf("-") + 1)));
}
