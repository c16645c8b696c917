// The same bugs as the table's, a column for each status.
import { type ReadonlySignal, signal, useComputed, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ProjectItem, Status } from "../../api/types.ts";
import { type Shortcut, useShortcuts } from "../../keys/keys.ts";
import { parseOrNull } from "../../query/language.ts";
import { isOfOpen } from "../../query/meaning.ts";
import { type Bug, isOpen, STATUSES } from "../../store/bug.ts";
import { may } from "../../store/rights.ts";
import { ask, nameOf, setStatus } from "../../triage/verbs.ts";
import { StatusIcon, statusWord } from "../../ui/states.tsx";
import { number, t } from "../../words/words.ts";
import { Card } from "./card.tsx";
import type { Choice } from "./choice.ts";
import { beside, type ByStatus, byStatus, heirOf, type Spot, spotOf, statusBeside } from "./columns_of.ts";
import { dragged, over, position } from "./dragging.ts";
import { NEAR_END, show, useSeen, useStillness } from "./seen.ts";

interface BoardProps {
  readonly project: ProjectItem;
  readonly bugs: ReadonlySignal<readonly Bug[]>;
  readonly choice: Choice;
  readonly text: ReadonlySignal<string>;
  readonly onNearEnd: () => void;
}

/** Of a card, with what is between two; board.css has it, too. */
const PITCH = signal(92);

export function Board({ project, bugs, choice, text, onNearEnd }: BoardProps): JSX.Element {
  const columns = useComputed(() => byStatus(bugs.value));
  const query = parseOrNull(text.value);
  const isOpenOnly = query !== null && isOfOpen(query);
  const firstId = STATUSES.map((status) => columns.value[status][0]?.id).find((id) => id !== undefined) ?? null;
  const isMovable = may("reports:write", project.id);
  useBoardKeys(bugs, choice, !isMovable);
  useHeir(columns, choice);
  return (
    <div class="board" role="group" aria-label={t("board.label", { name: project.name })}>
      {STATUSES.map((status) => (
        <Column key={status} status={status} columns={columns} project={project} choice={choice} text={text} firstId={firstId} isMovable={isMovable} isLeftOut={isOpenOnly && !isOpen({ status })} onNearEnd={onNearEnd} />
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
  readonly text: ReadonlySignal<string>;
  readonly firstId: string | null;
  readonly isMovable: boolean;
  /** The query never finds what stands here. */
  readonly isLeftOut: boolean;
  readonly onNearEnd: () => void;
}

function Column({ status, columns, project, choice, text, firstId, isMovable, isLeftOut, onNearEnd }: ColumnProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const bugs = useComputed(() => columns.value[status]);
  const isOver = useComputed(() => over.value === status).value;
  const { from, items, look } = useSeen(scroller, bugs, PITCH, onNearEnd);
  const all = bugs.value.length;
  useStillness(scroller, bugs, text, PITCH, choice.cursor);
  useSignalEffect(() => {
    const { value: cursor } = choice.cursor;
    if (cursor !== null) show(scroller, bugs.peek().findIndex(({ id }) => id === cursor), PITCH.peek());
  });
  useEffect(() => {
    if (all < NEAR_END) onNearEnd();
  }, [all]);
  const title = `column-${status}`;
  return (
    <section class={`column${isOver ? " column-over" : ""}`} data-status={status} aria-labelledby={title}>
      <h2 id={title} class="column-head">
        <StatusIcon status={status} />
        {statusWord(status)}
        {!isLeftOut && <span class="view-count">{number(all)}</span>}
      </h2>
      {all === 0 && (isMovable || !isLeftOut) && <p class="column-none muted">{t(isLeftOut ? "board.left_out" : "board.none")}</p>}
      <div ref={scroller} class="column-scroller" onScroll={look}>
        <ul class="column-cards" aria-labelledby={title} style={{ height: `${all * PITCH.value}px`, "--above": `${from * PITCH.value}px` }}>
          {items.map((bug, at) => (
            <Card key={bug.id} bug={bug} project={project} choice={choice} place={from + at + 1} all={all} isFirst={bug.id === firstId} isMovable={isMovable} />
          ))}
        </ul>
      </div>
    </section>
  );
}

/** The cursor of a bug that has left the board goes to its neighbour, not to another end of the board. */
function useHeir(columns: ReadonlySignal<ByStatus>, choice: Choice): void {
  const spot = useRef<Spot | null>(null);
  useLayoutEffect(() => {
    const cursor = choice.cursor.peek();
    if (cursor === null || spotOf(columns.value, cursor) !== null || spot.current === null) return;
    choice.put(heirOf(columns.value, spot.current)?.id ?? null);
  }, [columns.value]);
  useSignalEffect(() => {
    const cursor = choice.cursor.value;
    const now = cursor === null ? null : spotOf(columns.value, cursor);
    if (now !== null) spot.current = now;
  });
}

/** What is dragged, beside the pointer. */
function Ghost(): JSX.Element | null {
  const [first] = dragged.value;
  if (first === undefined) return null;
  const { x, y } = position.value;
  return (
    <div class="card card-ghost" style={{ transform: `translate(${x}px, ${y}px)` }} aria-hidden="true">
      <span class="card-head">
        <span class="card-number">{nameOf(dragged.value)}</span>
      </span>
      <span class="card-title">{first.title}</span>
    </div>
  );
}

function useBoardKeys(bugs: ReadonlySignal<readonly Bug[]>, choice: Choice, isRefused: boolean): void {
  const key = (name: string, word: Shortcut["word"], run: () => void): Shortcut => ({ key: name, word, group: "board.keys", run });
  const moving = (name: string, word: Shortcut["word"], run: () => void): Shortcut => ({ ...key(name, word, run), isRefused });
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
    moving("Shift+ArrowRight", "board.key_move_right", () => move(1)),
    moving("Shift+ArrowLeft", "board.key_move_left", () => move(-1)),
    moving("m", "board.move", () => ask("status", choice.meant())),
  ]);
}
