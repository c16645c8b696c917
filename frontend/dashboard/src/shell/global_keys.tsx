// The keys that work on every page, and the list of all that work on this one.
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { areKeysOn, type Shortcut, shortcutsNow, switchKeys, useShortcuts } from "../keys/keys.ts";
import { HOME, NEW_PROJECT } from "../routing/paths.ts";
import { go } from "../routing/router.ts";
import { undoLatest } from "../store/toasts.ts";
import { Dialog } from "../ui/dialog.tsx";
import { type Key, t } from "../words/words.ts";
import { Keys } from "./key_names.tsx";

export const shownHelp = signal(false);

export function GlobalKeys(): JSX.Element | null {
  useShortcuts([
    { key: "?", word: "keys.help", group: "keys.everywhere", run: () => (shownHelp.value = true) },
    { key: "z", word: "keys.undo", group: "keys.everywhere", run: () => void undoLatest() },
    { key: "h", word: "keys.home", group: "keys.everywhere", run: () => go(HOME) },
    { key: "n", word: "keys.new_project", group: "keys.everywhere", run: () => go(NEW_PROJECT) },
  ]);
  return shownHelp.value ? <Help /> : null;
}

function Help(): JSX.Element {
  const all = shortcutsNow();
  const groups = [...new Set(all.map((shortcut) => shortcut.group))].reverse();
  return (
    <Dialog title={t("keys.title")} onClose={() => (shownHelp.value = false)}>
      <label class="check">
        <input type="checkbox" checked={areKeysOn.value} onChange={(event) => switchKeys(event.currentTarget.checked)} />
        <span>{t("keys.switch")}</span>
      </label>
      <div class="key-groups">
        {groups.map((group) => (
          <KeyGroup key={group} group={group} shortcuts={all.filter((shortcut) => shortcut.group === group)} />
        ))}
      </div>
    </Dialog>
  );
}

function KeyGroup({ group, shortcuts }: { readonly group: Key; readonly shortcuts: readonly Shortcut[] }): JSX.Element {
  return (
    <section>
      <h3>{t(group)}</h3>
      <dl class="key-list">
        {[...new Set(shortcuts.map(({ word }) => word))].map((word) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>
              {shortcuts.filter((each) => each.word === word).map(({ key }) => <Keys key={key} name={key} />)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
