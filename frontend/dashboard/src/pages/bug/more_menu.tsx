// What is done to a bug less often.
import type { JSX } from "preact";
import { useShortcuts } from "../../keys/keys.ts";
import type { Bug } from "../../store/bug.ts";
import { may } from "../../store/rights.ts";
import { ask, remove } from "../../triage/verbs.ts";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { t } from "../../words/words.ts";
import type { Editor } from "./editor.ts";

export function MoreMenu({ bug, editor }: { readonly bug: Bug; readonly editor: Editor }): JSX.Element | null {
  const isRefused = !may("reports:write", bug.projectId);
  useShortcuts([
    { key: "e", word: "edit.title", group: "bug.keys", run: () => editor.edit("title"), isRefused },
    { key: "E", word: "edit.words", group: "bug.keys", run: () => editor.edit("words"), isRefused },
  ]);
  if (isRefused) return null;
  return (
    <Menu label={t("bug.more_menu")} button={<Icon name="more" />}>
      <MenuItem icon={<Icon name="pencil" />} hint="e" onPick={() => editor.edit("title")}>
        {t("edit.title")}
      </MenuItem>
      <MenuItem icon={<Icon name="pencil" />} hint="E" onPick={() => editor.edit("words")}>
        {t("edit.words")}
      </MenuItem>
      {bug.mergedIntoId === null && (
        <MenuItem icon={<Icon name="merge" />} hint="d" onPick={() => ask("duplicate", [bug])}>
          {t("bug.duplicate_of")}
        </MenuItem>
      )}
      {may("reports:delete", bug.projectId) && (
        <MenuItem icon={<Icon name="trash" />} hint="Del" onPick={() => remove([bug])}>
          {t("triage.delete")}
        </MenuItem>
      )}
    </Menu>
  );
}
