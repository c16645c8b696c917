// Writing a comment: kept as a draft at every keystroke, shown at once when it is sent.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import { Refusal } from "../../api/problem.ts";
import type { CommentItem } from "../../api/types.ts";
import { type Bug, isOpen } from "../../store/bug.ts";
import { draft, keepDraft } from "../../store/drafts.ts";
import { membersOf } from "../../store/members.ts";
import { say, sayRefused } from "../../store/toasts.ts";
import { me } from "../../store/workspace.ts";
import { setStatus } from "../../triage/verbs.ts";
import { StatusIcon } from "../../ui/states.tsx";
import { t } from "../../words/words.ts";
import type { Bugs, Loaded } from "./loading.ts";
import { Mentions, mentionAt, named } from "./mentions.tsx";

export const COMMENT_INPUT = "comment";
const LONGEST = 5000;

interface ComposeProps {
  readonly bug: Bug;
  readonly loaded: Loaded;
  readonly replace: Bugs["replace"];
}

export function Compose({ bug, loaded, replace }: ComposeProps): JSX.Element {
  const draftName = `comment.${bug.id}`;
  const [text, setText] = useState(() => draft(draftName));
  const [isVisible, setVisible] = useState(false);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const mention = mentionAt(text, caret);
  const people = mention === null ? [] : named(membersOf(bug.projectId), mention.words);

  const write = (next: string, at: number): void => {
    setText(next);
    setCaret(at);
    setActive(0);
    keepDraft(draftName, next);
  };
  const complete = (name: string): void => {
    if (mention === null) return;
    const begin = `${text.slice(0, mention.start)}@${name} `;
    write(begin + text.slice(caret), begin.length);
    requestAnimationFrame(() => field.current?.setSelectionRange(begin.length, begin.length));
    field.current?.focus();
  };
  /** Whether there is nothing left to send. */
  const send = async (): Promise<boolean> => {
    const body = text.trim();
    if (body === "") return true;
    const shown = provisional(bug, body, isVisible);
    write("", 0);
    replace({ comments: [...loaded.comments, shown] });
    try {
      const told = await call("POST /reports/{report_id}/comments", { path: { report_id: bug.id }, body: { body, visible_to_reporter: isVisible } });
      replace({ comments: [...loaded.comments, told] });
      say(t("bug.said_commented"), () => takeBack(told, text));
      return true;
    } catch (error) {
      replace({ comments: loaded.comments });
      write(text, text.length);
      sayRefused(error instanceof Refusal && error.status > 0 ? error.message : t("error.offline"));
      return false;
    }
  };
  const resolve = async (): Promise<void> => {
    if (await send()) setStatus([bug], "resolved");
  };
  const takeBack = (comment: CommentItem, written: string): void => {
    call("DELETE /comments/{comment_id}", { path: { comment_id: comment.id } }).then(
      () => {
        replace({ comments: loaded.comments });
        write(written, written.length);
      },
      (error: unknown) => sayRefused(error instanceof Refusal ? error.message : t("error.offline")),
    );
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const person = people[active];
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
    else if (person !== undefined && step !== 0) setActive((active + step + people.length) % people.length);
    else if (person !== undefined && (event.key === "Enter" || event.key === "Tab")) complete(person.name);
    else if (event.key === "Escape") person === undefined ? field.current?.blur() : setCaret(0);
    else return;
    event.preventDefault();
  };
  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="field">
        <label class="sr" for={COMMENT_INPUT}>
          {t("bug.comment")}
        </label>
        <textarea
          ref={field}
          id={COMMENT_INPUT}
          rows={3}
          maxLength={LONGEST}
          placeholder={t("bug.comment_placeholder")}
          value={text}
          aria-autocomplete="list"
          aria-controls={people.length > 0 ? "mentions" : undefined}
          aria-activedescendant={people.length > 0 ? `mention-${active}` : undefined}
          onInput={({ currentTarget: { value, selectionEnd } }) => write(value, selectionEnd)}
          onSelect={({ currentTarget: { selectionEnd } }) => setCaret(selectionEnd)}
          onKeyDown={press}
        />
      </div>
      {people.length > 0 && <Mentions people={people} active={active} onPick={complete} onHover={setActive} />}
      <div class="compose-do">
        <label class="check">
          <input type="checkbox" checked={isVisible} onChange={({ currentTarget: { checked } }) => setVisible(checked)} />
          <span>{t(loaded.isReporterTold ? "bug.visible_mailed" : "bug.visible")}</span>
        </label>
        <span class="inline">
          {isOpen(bug) && (
            <button type="button" class="button small" onClick={() => void resolve()}>
              <StatusIcon status="resolved" /> {t(text.trim() === "" ? "bug.resolve" : "bug.comment_resolve")}
            </button>
          )}
          <button type="submit" class="button primary small" disabled={text.trim() === ""}>
            {t("bug.comment")}
          </button>
        </span>
      </div>
    </form>
  );
}

function provisional(bug: Bug, body: string, visibleToReporter: boolean): CommentItem {
  return {
    id: `unsent-${Date.now()}`,
    reportId: bug.id,
    authorId: null,
    authorName: me.value?.name ?? "",
    body,
    createdAt: new Date().toISOString(),
    visibleToReporter,
    isFromReporter: false,
  };
}
