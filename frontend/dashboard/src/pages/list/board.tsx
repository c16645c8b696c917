// The same bugs as the table's, a column for each status.
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import type { ProjectItem, Status } from "../../api/types.ts";
import { type Shortcut, useShortcuts } from "../../keys/keys.ts";
import { parseOrNull } from "../../query/language.ts";
import { isOfOpen } from "../../query/meaning.ts";
import { type Bug, isOpen, STATUSES } from "../../store/bug.ts";
import { ask, nameOf, setStatus } from "../../triage/verbs.ts";
import { StatusIcon, statusWord } from "../../ui/states.tsx";
import { number, t } from "../../words/words.ts";
import { Card } from "./card.tsx";
import type { Choice } from "./choice.ts";
import { beside, type ByStatus, byStatus, statusBeside } from "./columns_of.ts";
import { dragged, over, position } from "./dragging.ts";

interface BoardProps {
  readonly project: ProjectItem;
  readonly bugs: ReadonlySignal<readonly Bug[]>;
  readonly choice: Choice;
  readonly text: ReadonlySignal<string>;
  readonly onNearEnd: () => void;
}

const AT_FIRST = 30;
const NEAR_END_PIXELS = 600;

export function Board({ project, bugs, choice, text, onNearEnd }: BoardProps): JSX.Element {
  const columns = useComputed(() => byStatus(bugs.value));
  const query = parseOrNull(text.value);
  const isOpenOnly = query !== null && isOfOpen(query);
  const firstId = STATUSES.map((status) => columns.value[status][0]?.id).find((id) => id !== undefined) ?? null;
  useBoardKeys(bugs, choice);
  useLayoutEffect(() => choice.settle(), [bugs.value]);
  return (
    <div class="board" role="group" aria-label={t("board.label", { name: project.name })}>
      {STATUSES.map((status) => (
        <Column key={status} status={status} columns={columns} project={project} choice={choice} firstId={firstId} isLeftOut={isOpenOnly && !isOpen({ status })} onNearEnd={onNearEnd} />
      ))}
      <Ghost />
    </div>
  );
}

interface ColumnProps {
  readonly status: Status;
  readonly columns: ReadonlySignal<ByStatus>;
  readonly project: ProjectItem;
  readonly choice: Choice;
  readonly firstId: string | null;
  /** The query never finds what stands here. */
  readonly isLeftOut: boolean;
  readonly onNearEnd: () => void;
}

function Column({ status, columns, project, choice, firstId, isLeftOut, onNearEnd }: ColumnProps): JSX.Element {
  const bugs = columns.value[status];
  const isOver = useComputed(() => over.value === status).value;
  const limit = useSignal(AT_FIRST);
  // As far as the cursor is, so that it can be seen.
  const cursorAt = useComputed(() => columns.value[status].findIndex((bug) => bug.id === choice.cursor.value)).value;
  const shown = bugs.slice(0, Math.max(limit.value, cursorAt + 10));
  const look = (event: Event): void => {
    const list = event.currentTarget;
    if (!(list instanceof HTMLElement) || list.scrollTop + list.clientHeight < list.scrollHeight - NEAR_END_PIXELS) return;
    if (limit.value < bugs.length) limit.value += AT_FIRST;
    else onNearEnd();
  };
  useEffect(() => {
    if (bugs.length < AT_FIRST) onNearEnd();
  }, [bugs.length]);
  const title = `column-${status}`;
  return (
    <section class={`column${isOver ? " column-over" : ""}`} data-status={status} aria-labelledby={title}>
      <h2 id={title} class="column-head">
        <StatusIcon status={status} />
        {statusWord(status)}
        {!isLeftOut && <span class="view-count">{number(bugs.length)}</span>}
      </h2>
      {shown.length === 0 && <p class="column-none muted">{t(isLeftOut ? "board.left_out" : "board.none")}</p>}
      <ul class="column-cards" onScroll={look}>
        {shown.map((bug) => (
          <Card key={bug.id} bug={bug} project={project} choice={choice} isFirst={bug.id === firstId} />
        ))}
      </ul>
    </section>
  );
}

/** What is dragged, beside the pointer. */
function Ghost(): JSX.Element | null {
  const [first] = dragged.value;
  if (first === undefined) return null;
  const { x, y } = position.value;
  return (
    <div class="card card-ghost" style={{ transform: `translate(${x + 12}px, ${y + 12}px)` }} aria-hidden="true">
      <span class="card-head">
        <span class="card-number">{nameOf(dragged.value)}</span>
      </span>
      <span class="card-title">{first.title}</span>
    </div>
  );
}

function useBoardKeys(bugs: ReadonlySignal<readonly Bug[]>, choice: Choice): void {
  const key = (name: string, word: Shortcut["word"], run: () => void): Shortcut => ({ key: name, word, group: "board.keys", run });
  const go = (step: 1 | -1): void => {
    const to = beside(bugs.value, choice.cursor.value, step);
    if (to !== undefined) choice.put(to.id);
  };
  const move = (step: 1 | -1): void => {
    const meant = choice.meant();
    for (const status of STATUSES) {
      const to = statusBeside(status, step);
      const some = meant.filter((bug) => bug.status === status);
      if (to !== null && some.length > 0) setStatus(some, to);
    }
  };
  useShortcuts([
    key("ArrowRight", "board.key_right", () => go(1)),
    key("ArrowLeft", "board.key_left", () => go(-1)),
    key("Shift+ArrowRight", "board.key_move_right", () => move(1)),
    key("Shift+ArrowLeft", "board.key_move_left", () => move(-1)),
    key("m", "board.move", () => ask("status", choice.meant())),
  ]);
}
