// One bug on the board: dragged, moved by key, or by the button that asks where to. All are of one height.
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ProjectItem } from "../../api/types.ts";
import { bugPath } from "../../routing/paths.ts";
import type { Bug } from "../../store/bug.ts";
import { ask } from "../../triage/verbs.ts";
import { Icon } from "../../ui/icon.tsx";
import { memo } from "../../ui/memo.ts";
import { Moment } from "../../ui/moment.tsx";
import { SeverityIcon, severityWord } from "../../ui/states.tsx";
import { t } from "../../words/words.ts";
import type { Choice } from "./choice.ts";
import { dragged, pickUp } from "./dragging.ts";
import { Assignee, Labels } from "./row.tsx";
import { selectHeld, wasTapped } from "./touching.ts";

interface CardProps {
  readonly bug: Bug;
  readonly project: ProjectItem;
  readonly choice: Choice;
  /** Where it stands in its column, of how many. */
  readonly place: number;
  readonly all: number;
  /** The one that Tab comes to while there is no cursor. */
  readonly isFirst: boolean;
  readonly isMovable: boolean;
}

export const Card = memo(CardOf);

function CardOf({ bug, project, choice, place, all, isFirst, isMovable }: CardProps): JSX.Element {
  const isCursor = useComputed(() => choice.cursor.value === bug.id).value;
  const isSelected = useComputed(() => choice.selected.value.has(bug.id)).value;
  const isDragged = useComputed(() => dragged.value.includes(bug)).value;
  const isReached = useComputed(() => choice.cursor.value === bug.id || (isFirst && choice.cursor.value === null)).value;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    // The cursor may have gone on since this was drawn.
    if (isCursor && choice.cursor.peek() === bug.id && mayTakeFocus()) card.current?.focus();
  }, [isCursor]);
  const press = (event: MouseEvent): void => {
    if (event.shiftKey) choice.extendTo(bug.id);
    else if (event.ctrlKey || event.metaKey || (wasTapped() && choice.isSelecting.peek())) choice.toggle(bug.id);
    else return choice.put(bug.id);
    event.preventDefault();
  };
  const names = ["card", isCursor ? "card-cursor" : "", isSelected ? "card-selected" : "", isDragged ? "card-dragged" : ""];
  return (
    <li aria-posinset={place} aria-setsize={all}>
      <article
        ref={card}
        class={names.filter((name) => name !== "").join(" ")}
        tabIndex={isReached ? 0 : -1}
        aria-label={`${bug.trackingId}, ${bug.title}, ${severityWord(bug.severity)}${isSelected ? `, ${t("column.selected")}` : ""}`}
        onFocus={() => choice.put(bug.id)}
        onClick={press}
        onPointerDown={isMovable ? (event) => pickUp(event, () => taken(bug, choice), () => choice.toggle(bug.id)) : (event) => selectHeld(event, choice, bug)}
      >
        <span class="card-head">
          <SeverityIcon severity={bug.severity} />
          <span class="card-number">{bug.trackingId}</span>
          <Assignee bug={bug} />
          <Moment at={bug.createdAt} />
          {isMovable && (
            <button type="button" class="icon-button card-move" tabIndex={-1} aria-label={t("board.move_one", { code: bug.trackingId })} title={t("board.move")} onPointerDown={(event) => event.stopPropagation()} onClick={() => ask("status", [bug])}>
              <Icon name="more" />
            </button>
          )}
        </span>
        <a class="card-title" href={bugPath(project, bug.number)} tabIndex={-1} draggable={false} title={bug.title} dir="auto">
          {bug.title}
        </a>
        {bug.labels.length > 0 && (
          <span class="card-foot">
            <Labels bug={bug} />
          </span>
        )}
      </article>
    </li>
  );
}

/** Whoever drags one of the selected drags all of them. */
function taken(bug: Bug, choice: Choice): readonly Bug[] {
  return choice.selected.value.has(bug.id) ? choice.meant() : [bug];
}

/** Not from a field that somebody writes in. */
function mayTakeFocus(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || active.id === "content" || active.closest(".board") !== null;
}
