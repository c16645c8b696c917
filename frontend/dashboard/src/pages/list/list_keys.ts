// The keys of the list (design/dashboard.md, 5 and 7).
import type { Signal } from "@preact/signals";
import type { ProjectItem } from "../../api/types.ts";
import { type Shortcut, useShortcuts } from "../../keys/keys.ts";
import { bugPath, triagePath } from "../../routing/paths.ts";
import { go } from "../../routing/router.ts";
import { may } from "../../store/rights.ts";
import { useTriageKeys } from "../../triage/verbs.ts";
import type { Choice } from "./choice.ts";
import { QUERY_INPUT } from "./query_bar.tsx";

interface Listing {
  readonly project: ProjectItem;
  readonly choice: Choice;
  readonly isPeeking: Signal<boolean>;
}

export function useListKeys({ project, choice, isPeeking }: Listing): void {
  const key = (name: string, word: Shortcut["word"], run: () => void): Shortcut => ({ key: name, word, group: "list.keys", run });
  const open = (): void => {
    const [bug] = choice.meant().filter((each) => each.id === choice.cursor.value);
    if (bug !== undefined) go(bugPath(project, bug.number));
  };
  const leave = (): void => {
    if (isPeeking.value) isPeeking.value = false;
    else if (choice.isSelecting.value) choice.clear();
    else choice.put(null);
  };
  const peek = (): void => {
    if (choice.cursor.value === null) choice.move(0);
    isPeeking.value = !isPeeking.value;
  };
  const move = (step: number): void => {
    choice.move(step);
    focusRows();
  };
  useTriageKeys(project.id, () => choice.meant());
  useShortcuts([
    key("j", "list.key_next", () => move(1)),
    key("k", "list.key_previous", () => move(-1)),
    key("ArrowDown", "list.key_next", () => move(1)),
    key("ArrowUp", "list.key_previous", () => move(-1)),
    key("Enter", "list.key_open", open),
    key("Space", "list.key_peek", peek),
    key("x", "list.key_select", () => choice.toggle()),
    key("J", "list.key_extend_down", () => choice.extend(1)),
    key("K", "list.key_extend_up", () => choice.extend(-1)),
    key("Shift+ArrowDown", "list.key_extend_down", () => choice.extend(1)),
    key("Shift+ArrowUp", "list.key_extend_up", () => choice.extend(-1)),
    key("Mod+a", "list.key_all", () => choice.selectAll()),
    key("Escape", "list.key_leave", leave),
    { ...key("t", "mode.enter", () => go(triagePath(project))), isRefused: !may("reports:write", project.id) },
    key("/", "list.key_query", () => document.getElementById(QUERY_INPUT)?.focus()),
  ]);
}

/** The grid tells a screen reader which row is meant. */
export function focusRows(): void {
  document.querySelector<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
}
