// What can be decided of the bug that is looked at, by key and by button.
import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { type Shortcut, useShortcuts } from "../../keys/keys.ts";
import { bugPath, projectPath } from "../../routing/paths.ts";
import { go } from "../../routing/router.ts";
import type { Bug } from "../../store/bug.ts";
import { ask, setStatus, useTriageKeys, type Verb } from "../../triage/verbs.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { type Key, t } from "../../words/words.ts";
import { focus } from "../bug/bug.tsx";
import { EVIDENCE_INPUT } from "../bug/timeline_tools.tsx";
import type { Choice } from "../list/choice.ts";

/** `t` leads here, and on. */
const ACCEPT = "t";
const CLOSE = "w";
/** Where there is little room, the facts of the bug are their buttons. */
const MORE: readonly (readonly [string, Key, Verb])[] = [
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
  useTriageKeys(project.id, () => choice.meant());
  useShortcuts([
    key(ACCEPT, "mode.accept", () => setStatus(choice.meant(), "triaging")),
    key(CLOSE, "mode.close", () => setStatus(choice.meant(), "closed")),
    key("/", "bug.key_search", () => focus(EVIDENCE_INPUT)),
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
      <Decision name="d" word="triage.duplicate" icon="merge" onClick={() => ask("duplicate", [bug])} />
      {MORE.map(([name, word, verb]) => (
        <Decision key={name} name={name} word={word} kind="triage-more" onClick={() => ask(verb, [bug])} />
      ))}
      <span class="triage-gap" />
      <Decision name="k" word="mode.back" icon="chevron" kind="triage-back" onClick={() => choice.move(-1)} />
      <Decision name="j" word="mode.skip" icon="chevron" kind="triage-skip" onClick={() => choice.move(1)} />
    </div>
  );
}

interface DecisionProps {
  readonly name: string;
  readonly word: Key;
  /** In place of the word where there is little room. */
  readonly icon?: IconName;
  readonly kind?: string;
  readonly onClick: () => void;
}

function Decision({ name, word, icon, kind = "", onClick }: DecisionProps): JSX.Element {
  return (
    <button type="button" class={`bulk-verb ${kind}`} title={t(word)} onClick={onClick}>
      {icon !== undefined && <Icon name={icon} />}
      <span class={icon === undefined ? "" : "triage-word"}>{t(word)}</span> <kbd>{name}</kbd>
    </button>
  );
}
