// A comment without leaving the list: on one bug, or the same on several. What was written is kept until it is sent.
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { call } from "../api/client.ts";
import type { Bug } from "../store/bug.ts";
import { sendBulk, tellRefused } from "../store/bulk.ts";
import { draft, keepDraft } from "../store/drafts.ts";
import { dropKey, keyOf, mayBeDone } from "../store/once.ts";
import { say } from "../store/toasts.ts";
import { Dialog } from "../ui/dialog.tsx";
import { t } from "../words/words.ts";
import { nameOf } from "./verbs.ts";

interface CommentProps {
  readonly bugs: readonly Bug[];
  readonly onClose: () => void;
}

export function CommentDialog({ bugs, onClose }: CommentProps): JSX.Element {
  const kept = draftName(bugs);
  const id = useId();
  const [text, setText] = useState(draft(kept));
  const type = (value: string): void => {
    setText(value);
    keepDraft(kept, value);
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const body = text.trim();
    if (body === "") return;
    onClose();
    const { made, refused, isUnknown } = await comment(bugs, body, keyOf(kept, body));
    if (!isUnknown) dropKey(kept);
    if (refused.size > 0) tellRefused(refused);
    else keepDraft(kept, "");
    if (made.length === 0) return;
    say(t("triage.said_comment", { what: nameOf(bugs.filter(({ id }) => !refused.has(id))) }), () => {
      dropKey(kept);
      void takeBack(made);
    });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send(event);
  };
  return (
    <Dialog title={t("triage.ask_comment", { what: nameOf(bugs) })} onClose={onClose}>
      <form class="stack" onSubmit={send}>
        <div class="field">
          <label for={id} class="sr">
            {t("triage.comment")}
          </label>
          <textarea id={id} class="comment-input" rows={5} value={text} onInput={(event) => type(event.currentTarget.value)} onKeyDown={press} autofocus />
          <span class="hint">{t("triage.comment_hint")}</span>
        </div>
        <p>
          <button type="submit" class="button primary">
            {t("triage.comment")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** A bug's page keeps what is written there under the same name. */
function draftName(bugs: readonly Bug[]): string {
  return `comment.${bugs.map((bug) => bug.id).join("+")}`;
}

interface Sent {
  readonly made: readonly string[];
  readonly refused: ReadonlyMap<string, string>;
  /** Some may be made though no answer said so. */
  readonly isUnknown: boolean;
}

/** Not kept alive: long texts are more than a browser keeps on their way. What is sent again goes out under `key` again. */
async function comment(bugs: readonly Bug[], text: string, key: string): Promise<Sent> {
  const made: string[] = [];
  let isUnknown = false;
  const refused = await sendBulk(
    bugs.map(({ id }) => id),
    async ({ body }) => {
      const wish = { body: { ...body, body: text }, idempotencyKey: `${key}.${body.ids[0]}` };
      const answer = await call("POST /reports/bulk/comments", wish).catch((error: unknown) => {
        isUnknown ||= mayBeDone(error);
        throw error;
      });
      for (const { commentId } of answer.items) if (commentId != null) made.push(commentId);
      return answer;
    },
  );
  return { made, refused, isUnknown };
}

async function takeBack(made: readonly string[]): Promise<void> {
  const refused = await sendBulk(made, (some) => call("POST /comments/bulk/delete", some));
  if (refused.size > 0) tellRefused(refused);
  else say(t("toast.undone"));
}
