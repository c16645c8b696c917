// The bug as text: for a person, or for a coding agent, with how much of its window that takes.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../../api/client.ts";
import { Refusal } from "../../api/problem.ts";
import { useShortcuts } from "../../keys/keys.ts";
import type { Bug } from "../../store/bug.ts";
import { say, sayRefused } from "../../store/toasts.ts";
import { copyLinks } from "../../triage/verbs.ts";
import { copyText } from "../../ui/copy.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { type Key, t } from "../../words/words.ts";

/** As the server counts them. */
const CHARACTERS_A_TOKEN = 4;

export function CopyMenu({ bug }: { readonly bug: Bug }): JSX.Element {
  const [text, setText] = useState<string | null>(null);
  // Asked for when somebody turns to the menu, so that the size stands in it.
  const prepare = (): void => {
    if (text === null) markdownOf(bug).then(setText, () => {});
  };
  const hint = (made: (text: string) => string): { readonly hint?: string } => (text === null ? {} : { hint: sizeOf(made(text)) });
  useShortcuts([
    { key: "m", word: "bug.copy_markdown", group: "bug.keys", run: () => void copy(bug, markdown, "bug.said_markdown") },
    { key: "M", word: "bug.copy_prompt", group: "bug.keys", run: () => void copy(bug, promptOf, "bug.said_prompt") },
  ]);
  return (
    <span onMouseEnter={prepare} onFocusIn={prepare}>
      <Menu
        label={t("bug.copy_menu")}
        class="button small"
        button={
          <>
            <Icon name="copy" /> <span class="bug-do-text">{t("bug.copy")}</span>
          </>
        }
      >
        <MenuItem hint="y" onPick={() => void copyLinks([bug])}>
          {t("triage.copy_link")}
        </MenuItem>
        <MenuItem {...hint(markdown)} onPick={() => void copy(bug, markdown, "bug.said_markdown")}>
          {t("bug.copy_markdown")}
        </MenuItem>
        <MenuItem {...hint(promptOf)} onPick={() => void copy(bug, promptOf, "bug.said_prompt")}>
          {t("bug.copy_prompt")}
        </MenuItem>
      </Menu>
    </span>
  );
}

async function copy(bug: Bug, made: (text: string) => string, said: Key): Promise<void> {
  try {
    const text = made(await markdownOf(bug));
    if (await copyText(text)) say(t(said, { what: bug.trackingId, size: sizeOf(text) }));
    else sayRefused(t("copy.failed"));
  } catch (error) {
    sayRefused(error instanceof Refusal ? error.message : t("error.offline"));
  }
}

async function markdownOf(bug: Bug): Promise<string> {
  const answer = await ask("GET /reports/{report_id}/export.md", { path: { report_id: bug.id } });
  return answer.text();
}

function markdown(text: string): string {
  return text;
}

/** What stands in fences was written by a reporter or a page: an agent is told so. */
function promptOf(text: string): string {
  return `${t("bug.prompt")}\n\n${text}`;
}

function sizeOf(text: string): string {
  return t("bug.tokens", { count: Math.ceil(text.length / CHARACTERS_A_TOKEN) });
}
