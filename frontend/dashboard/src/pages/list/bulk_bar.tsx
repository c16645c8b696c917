// What can be done with all that is selected.
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { ask, assign, copyLinks, remove } from "../../triage/verbs.ts";
import type { Bug } from "../../store/bug.ts";
import { may } from "../../store/rights.ts";
import { me } from "../../store/workspace.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { t } from "../../words/words.ts";
import type { Choice } from "./choice.ts";

export function BulkBar({ project, choice }: { readonly project: ProjectItem; readonly choice: Choice }): JSX.Element | null {
  const count = useComputed(() => choice.found.value.length).value;
  if (!choice.isSelecting.value) return null;
  const meant = (): readonly Bug[] => choice.found.value;
  return (
    <div class="bulk" role="toolbar" aria-label={t("bulk.label")}>
      <span class="bulk-count" role="status">
        {t("bulk.count", { count })}
      </span>
      {may("reports:write", project.id) ? (
        <Changes meant={meant} mayDelete={may("reports:delete", project.id)} />
      ) : (
        <Verb icon="link" word={t("triage.copy_link")} name="y" onClick={() => void copyLinks(meant())} />
      )}
      <button type="button" class="icon-button" aria-label={t("bulk.clear")} title={t("bulk.clear")} onClick={() => choice.clear()}>
        <Icon name="close" />
      </button>
    </div>
  );
}

interface ChangesProps {
  readonly meant: () => readonly Bug[];
  readonly mayDelete: boolean;
}

function Changes({ meant, mayDelete }: ChangesProps): JSX.Element {
  return (
    <>
      <Verb icon="activity" word={t("triage.status")} name="s" onClick={() => ask("status", meant())} />
      <Verb icon="alert" word={t("triage.severity")} name="p" onClick={() => ask("severity", meant())} />
      <Verb icon="user" word={t("triage.assign")} name="a" onClick={() => ask("assignee", meant())} />
      <Verb icon="label" word={t("triage.label")} name="l" onClick={() => ask("labels", meant())} />
      <Menu label={t("bulk.more")} button={<Icon name="more" />}>
        <Item icon="check" word={t("triage.assign_me")} name="i" onPick={() => assign(meant(), me.value?.id ?? null)} />
        <Item icon="merge" word={t("triage.duplicate")} name="d" onPick={() => ask("duplicate", meant())} />
        <Item icon="comment" word={t("triage.comment")} name="c" onPick={() => ask("comment", meant())} />
        <Item icon="link" word={t("triage.copy_link")} name="y" onPick={() => void copyLinks(meant())} />
        {mayDelete && (
          <>
            <hr />
            <Item icon="trash" word={t("triage.delete")} name="Del" onPick={() => remove(meant())} />
          </>
        )}
      </Menu>
    </>
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

function Item({ icon, word, name, onPick }: Omit<VerbProps, "onClick"> & { readonly onPick: () => void }): JSX.Element {
  return (
    <MenuItem icon={<Icon name={icon} />} hint={name} onPick={onPick}>
      {word}
    </MenuItem>
  );
}
