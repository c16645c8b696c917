// What people say of it and what became of it, in one order.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import { Refusal } from "../../api/problem.ts";
import type { CommentItem, HistoryItem, ProjectItem } from "../../api/types.ts";
import { bugPath } from "../../routing/paths.ts";
import type { Bug } from "../../store/bug.ts";
import { membersOf } from "../../store/members.ts";
import { may } from "../../store/rights.ts";
import { say, sayRefused } from "../../store/toasts.ts";
import { me } from "../../store/workspace.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Moment } from "../../ui/moment.tsx";
import { t } from "../../words/words.ts";
import { Compose } from "./compose.tsx";
import { Happened, isTold } from "./happened.tsx";
import type { Bugs, Loaded } from "./loading.ts";
import { Prose } from "./prose.tsx";

export { COMMENT_INPUT } from "./compose.tsx";

interface ActivityProps {
  readonly bug: Bug;
  readonly project: ProjectItem;
  readonly loaded: Loaded;
  readonly replace: Bugs["replace"];
}

export function Activity({ bug, project, loaded, replace }: ActivityProps): JSX.Element {
  const items = inOrder(loaded);
  const remove = (comment: CommentItem): void => {
    replace({ comments: loaded.comments.filter((each) => each !== comment) });
    call("DELETE /comments/{comment_id}", { path: { comment_id: comment.id } }).then(
      () => say(t("bug.said_deleted")),
      (error: unknown) => {
        replace({ comments: loaded.comments });
        sayRefused(error instanceof Refusal ? error.message : t("error.offline"));
      },
    );
  };
  return (
    <section class="activity" aria-labelledby="activity-heading">
      <h2 id="activity-heading">{t("bug.activity")}</h2>
      <Earlier bug={bug} loaded={loaded} replace={replace} />
      <ol class="activity-list">
        {items.map((item) =>
          item.comment !== undefined ? (
            <Remark key={item.id} comment={item.comment} bug={bug} project={project} onRemove={remove} />
          ) : (
            <Happened key={item.id} event={item.event} project={project} loaded={loaded} />
          ),
        )}
      </ol>
      {may("comments:write", project.id) && <Compose bug={bug} loaded={loaded} replace={replace} />}
    </section>
  );
}

interface Item {
  readonly id: string;
  readonly at: number;
}
type Said = (Item & { readonly comment: CommentItem }) | (Item & { readonly comment?: undefined; readonly event: HistoryItem });

function inOrder({ comments, history }: Loaded): readonly Said[] {
  const items: Said[] = [
    ...comments.map((comment) => ({ id: comment.id, at: Date.parse(comment.createdAt), comment })),
    ...history.filter(isTold).map((event) => ({ id: event.id, at: Date.parse(event.at), event })),
  ];
  return items.sort((one, other) => one.at - other.at);
}

/** The latest changes come with the page, the others when they are asked for. */
function Earlier({ bug, loaded, replace }: Omit<ActivityProps, "project">): JSX.Element | null {
  const [isAsking, setAsking] = useState(false);
  const { historyCursor } = loaded;
  if (historyCursor === null) return null;
  const more = async (): Promise<void> => {
    setAsking(true);
    try {
      const page = await call("GET /reports/{report_id}/history", { path: { report_id: bug.id }, query: { cursor: historyCursor } });
      replace({ history: [...loaded.history, ...page.items], historyCursor: page.nextCursor });
    } catch (error) {
      sayRefused(error instanceof Refusal ? error.message : t("error.offline"));
    }
    setAsking(false);
  };
  return (
    <button type="button" class="button small" disabled={isAsking} onClick={() => void more()}>
      {t("bug.earlier")}
    </button>
  );
}

interface RemarkProps {
  readonly comment: CommentItem;
  readonly bug: Bug;
  readonly project: ProjectItem;
  readonly onRemove: (comment: CommentItem) => void;
}

function Remark({ comment, bug, project, onRemove }: RemarkProps): JSX.Element {
  const names = membersOf(bug.projectId).flatMap(({ name }) => [name, name.split(" ")[0] ?? name]);
  const pathOf = (code: string): string => (code.startsWith(`${project.code}-`) ? bugPath(project, Number(code.slice(project.code.length + 1))) : `/b/${code}`);
  return (
    <li class={comment.visibleToReporter || comment.isFromReporter ? "remark remark-open" : "remark"}>
      <Avatar name={comment.authorName} size={24} />
      <div class="remark-body">
        <p class="remark-head">
          <strong dir="auto">{comment.isFromReporter ? t("bug.reporter") : comment.authorName}</strong> <Moment at={Date.parse(comment.createdAt)} />
          {comment.isFromReporter ? <span class="tag good">{t("bug.from_reporter")}</span> : comment.visibleToReporter && <span class="tag">{t("bug.seen_by_reporter")}</span>}
          {comment.authorId !== null && comment.authorId === me.value?.id && may("comments:write", project.id) && (
            <button type="button" class="icon-button remark-delete" aria-label={t("bug.delete_comment")} title={t("bug.delete_comment")} onClick={() => onRemove(comment)}>
              <Icon name="close" />
            </button>
          )}
        </p>
        <Prose text={comment.body} names={names.sort((one, other) => other.length - one.length)} pathOf={pathOf} />
      </div>
    </li>
  );
}
