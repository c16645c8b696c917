// The bug's name, and the field that it becomes.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Bug } from "../../store/bug.ts";
import { may } from "../../store/rights.ts";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../../words/words.ts";
import { EditDo } from "./edit_do.tsx";
import type { Editor } from "./editor.ts";

const LONGEST = 500;

export function Title({ bug, editor }: { readonly bug: Bug; readonly editor: Editor }): JSX.Element {
  if (editor.open?.part === "title") return <TitleForm editor={editor} />;
  return (
    <div class="bug-name">
      <h1 class="bug-title" dir="auto">
        {bug.title}
      </h1>
      {may("reports:write", bug.projectId) && (
        <button type="button" class="icon-button bug-edit" aria-label={t("edit.title")} title={`${t("edit.title")} (e)`} onClick={() => editor.edit("title")}>
          <Icon name="pencil" />
        </button>
      )}
    </div>
  );
}

function TitleForm({ editor }: { readonly editor: Editor }): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const { base, mine, theirs } = editor.open ?? { base: { title: "" }, mine: {}, theirs: null };
  useEffect(() => field.current?.select(), []);
  const save = (): void => {
    const title = (field.current?.value ?? "").replace(/\s+/g, " ").trim();
    editor.save(title === "" || title === base.title ? {} : { title });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.isComposing) save();
    else if (event.key === "Escape") editor.leave();
    else return;
    event.preventDefault();
  };
  return (
    <form
      class="bug-title-form field"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h1 class="sr">{base.title}</h1>
      <textarea ref={field} class="bug-title-input" aria-label={t("bug.field_title")} rows={1} maxLength={LONGEST} defaultValue={mine.title ?? base.title} onInput={({ currentTarget: { value } }) => editor.write({ title: value })} onKeyDown={press} />
      <EditDo editor={editor} theirs={theirs === null ? null : [[t("bug.field_title"), base.title]]} />
    </form>
  );
}
