// One bug in a line. All of it can be clicked; its link is for other tabs.
import { useComputed } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { bugPath } from "../../routing/paths.ts";
import type { Bug } from "../../store/bug.ts";
import { personName } from "../../store/members.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Label } from "../../ui/label.tsx";
import { memo } from "../../ui/memo.ts";
import { Moment } from "../../ui/moment.tsx";
import { SeverityIcon, severityWord, StatusIcon, statusWord } from "../../ui/states.tsx";
import { t } from "../../words/words.ts";
import type { Choice } from "./choice.ts";
import { type Column, shownColumns } from "./columns.ts";
import { selectHeld, wasTapped } from "./touching.ts";

const MOST_LABELS = 2;

interface RowProps {
  readonly bug: Bug;
  readonly index: number;
  readonly project: ProjectItem;
  readonly columns: readonly Column[];
  readonly isNarrow: boolean;
  readonly choice: Choice;
}

export const Row = memo(RowLine);

function RowLine({ bug, index, project, columns, isNarrow, choice }: RowProps): JSX.Element {
  // Of all rows only those are drawn again that the cursor leaves or comes to.
  const isSelected = useComputed(() => choice.selected.value.has(bug.id)).value;
  const isCursor = useComputed(() => choice.cursor.value === bug.id).value;
  const press = (event: MouseEvent): void => {
    if (event.shiftKey) choice.extendTo(bug.id);
    else if (wasTapped() && choice.isSelecting.peek()) choice.toggle(bug.id);
    else return choice.put(bug.id);
    event.preventDefault();
  };
  return (
    <div id={`bug-${bug.id}`} class={`row${isSelected ? " row-selected" : ""}${isCursor ? " row-cursor" : ""}`} role="row" aria-rowindex={index + 2} aria-selected={isSelected} onClick={press} onPointerDown={(event) => selectHeld(event, choice, bug)}>
      <span role="gridcell" class="row-check">
        <input type="checkbox" tabIndex={-1} checked={isSelected} aria-label={t("list.select", { code: bug.trackingId })} onClick={(event) => event.stopPropagation()} onChange={() => choice.toggle(bug.id)} />
      </span>
      <span role="gridcell" class="row-icon" title={severityWord(bug.severity)}>
        <SeverityIcon severity={bug.severity} />
        <span class="sr">{severityWord(bug.severity)}</span>
      </span>
      <span role="gridcell" class="row-number">
        {bug.trackingId}
      </span>
      <span role="gridcell" class="row-icon" title={statusWord(bug.status)}>
        <StatusIcon status={bug.status} />
        <span class="sr">{statusWord(bug.status)}</span>
      </span>
      <span role="gridcell" class="row-title">
        <a href={bugPath(project, bug.number)} tabIndex={-1} title={bug.title} dir="auto">
          {bug.title}
        </a>
        {shownColumns.value.includes("labels") && <Labels bug={bug} />}
      </span>
      {columns.map((column) => (
        <span key={column} role="gridcell" class={`row-cell row-${column}`}>
          {cell(column, bug)}
        </span>
      ))}
      {isNarrow && (
        <span class="row-second" role="gridcell">
          <Assignee bug={bug} />
          <Moment at={bug.createdAt} />
        </span>
      )}
    </div>
  );
}

function cell(column: Column, bug: Bug): ComponentChildren {
  switch (column) {
    case "labels":
      return null;
    case "page":
      return <Cut text={bug.page === null ? "" : withoutOrigin(bug.page)} whole={bug.page ?? ""} />;
    case "browser":
      return <Cut text={bug.browser ?? ""} />;
    case "reporter":
      return <Cut text={bug.reporter ?? ""} />;
    case "assignee":
      return <Assignee bug={bug} />;
    case "updated":
      return <Moment at={bug.updatedAt} />;
    case "created":
      return <Moment at={bug.createdAt} />;
  }
}

/** As many as leave the title room. */
export function Labels({ bug }: { readonly bug: Bug }): JSX.Element {
  const more = bug.labels.slice(MOST_LABELS);
  return (
    <>
      {bug.labels.slice(0, MOST_LABELS).map((label) => (
        <Label key={label} name={label} projectId={bug.projectId} />
      ))}
      {more.length > 0 && (
        <span class="label" title={more.join(", ")}>
          +{more.length}
        </span>
      )}
    </>
  );
}

export function Assignee({ bug }: { readonly bug: Bug }): JSX.Element | null {
  if (bug.assigneeId === null) return null;
  const name = personName(bug.assigneeId) ?? t("list.somebody");
  return (
    <span class="person" title={name}>
      <Avatar name={name} />
      <span class="person-name">{name}</span>
    </span>
  );
}

function Cut({ text, whole = text }: { readonly text: string; readonly whole?: string }): JSX.Element {
  return (
    <span class="cut" title={whole} dir="auto">
      {text}
    </span>
  );
}

function withoutOrigin(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]+/, "");
  return path === "" ? url : path;
}
