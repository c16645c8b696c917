// What can be done with all that is selected.
import type { JSX } from "preact";
import { ask, assign, copyLinks } from "../../triage/verbs.ts";
import { me } from "../../store/workspace.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { t } from "../../words/words.ts";
import type { Choice } from "./choice.ts";

export function BulkBar({ choice }: { readonly choice: Choice }): JSX.Element | null {
  const count = choice.selected.value.size;
  if (count === 0) return null;
  return (
    <div class="bulk" role="toolbar" aria-label={t("bulk.label")}>
      <span class="bulk-count" role="status">
        {t("bulk.count", { count })}
      </span>
      <Verb icon="activity" word={t("triage.status")} name="s" onClick={() => ask("status", choice.meant())} />
      <Verb icon="alert" word={t("triage.severity")} name="p" onClick={() => ask("severity", choice.meant())} />
      <Verb icon="user" word={t("triage.assign")} name="a" onClick={() => ask("assignee", choice.meant())} />
      <Verb icon="check" word={t("triage.assign_me")} name="i" onClick={() => assign(choice.meant(), me.value?.id ?? null)} />
      <Verb icon="label" word={t("triage.label")} name="l" onClick={() => ask("labels", choice.meant())} />
      <Verb icon="merge" word={t("triage.duplicate")} name="d" onClick={() => ask("duplicate", choice.meant())} />
      <Verb icon="link" word={t("triage.copy_link")} name="y" onClick={() => void copyLinks(choice.meant())} />
      <button type="button" class="icon-button" aria-label={t("bulk.clear")} title={t("bulk.clear")} onClick={() => choice.clear()}>
        <Icon name="close" />
      </button>
    </div>
  );
}

interface VerbProps {
  readonly icon: IconName;
  readonly word: string;
  readonly name: string;
  readonly onClick: () => void;
}

function Verb({ icon, word, name, onClick }: VerbProps): JSX.Element {
  return (
    <button type="button" class="bulk-verb" title={`${word} (${name})`} onClick={onClick}>
      <Icon name={icon} />
      <span class="bulk-word">{word}</span>
    </button>
  );
}
