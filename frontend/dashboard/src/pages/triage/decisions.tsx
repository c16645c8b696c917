// What can be decided of the bug that is looked at, by key and by button.
import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { type Shortcut, useShortcuts } from "../../keys/keys.ts";
import { bugPath, projectPath } from "../../routing/paths.ts";
import { go } from "../../routing/router.ts";
import type { Bug } from "../../store/bug.ts";
import { ask, setStatus, useTriageKeys, type Verb } from "../../triage/verbs.ts";
import { type Key, t } from "../../words/words.ts";
import type { Choice } from "../list/choice.ts";

const ACCEPT = "e";
const CLOSE = "w";
const MORE: readonly (readonly [string, Key, Verb])[] = [
  ["d", "triage.duplicate", "duplicate"],
  ["s", "triage.status", "status"],
  ["p", "triage.severity", "severity"],
  ["a", "triage.assign", "assignee"],
  ["l", "triage.label", "labels"],
  ["c", "triage.comment", "comment"],
];

export function useDecisionKeys(choice: Choice, project: ProjectItem): void {
  const key = (name: string, word: Key, run: () => void): Shortcut => ({ key: name, word, group: "mode.keys", run });
  const open = (): void => {
    const [bug] = choice.meant();
    if (bug !== undefined) go(bugPath(project, bug.number));
  };
  useTriageKeys(() => choice.meant());
  useShortcuts([
    key(ACCEPT, "mode.accept", () => setStatus(choice.meant(), "triaging")),
    key(CLOSE, "mode.close", () => setStatus(choice.meant(), "closed")),
    key("j", "mode.skip", () => choice.move(1)),
    key("k", "mode.back", () => choice.move(-1)),
    key("Enter", "list.key_open", open),
    key("Escape", "mode.leave", () => go(projectPath(project))),
  ]);
}

export function Decisions({ bug, choice }: { readonly bug: Bug; readonly choice: Choice }): JSX.Element {
  return (
    <div class="triage-bar" role="toolbar" aria-label={t("mode.bar", { code: bug.trackingId })}>
      <button type="button" class="button primary small" onClick={() => setStatus([bug], "triaging")}>
        {t("mode.accept")} <kbd>{ACCEPT}</kbd>
      </button>
      <Decision name={CLOSE} word="mode.close" onClick={() => setStatus([bug], "closed")} />
      {MORE.map(([name, word, verb]) => (
        <Decision key={name} name={name} word={word} onClick={() => ask(verb, [bug])} />
      ))}
      <span class="triage-gap" />
      <Decision name="k" word="mode.back" onClick={() => choice.move(-1)} />
      <Decision name="j" word="mode.skip" onClick={() => choice.move(1)} />
    </div>
  );
}

function Decision({ name, word, onClick }: { readonly name: string; readonly word: Key; readonly onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="bulk-verb" onClick={onClick}>
      {t(word)} <kbd>{name}</kbd>
    </button>
  );
}
