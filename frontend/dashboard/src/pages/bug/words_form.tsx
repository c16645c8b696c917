// Given, When, Then and the description, as fields.
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { type Key, t } from "../../words/words.ts";
import { EditDo } from "./edit_do.tsx";
import type { Editor } from "./editor.ts";
import { changesOf, STEPS, type Words, wordsOf } from "./own_words.ts";
import type { Conflict, Texts } from "./saving.ts";

const LONGEST = 10_000;
const NAMES: readonly (readonly [keyof Words, Key])[] = [...STEPS.map((step) => [step, `peek.${step}`] as const), ["text", "bug.description"]];

interface WordsFormProps {
  readonly editor: Editor;
  /** What the evidence suggests, where nobody told. */
  readonly draft: Partial<Words> | null;
}

export function WordsForm({ editor, draft }: WordsFormProps): JSX.Element | null {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const text = form.current?.querySelector<HTMLTextAreaElement>("[name=text]");
    text?.focus();
    text?.setSelectionRange(text.value.length, text.value.length);
  }, []);
  const { open } = editor;
  if (open === null) return null;
  const written = (): Partial<Texts> => (form.current === null ? {} : changesOf(open.base, wordsIn(form.current)));
  const save = (event: Event): void => {
    event.preventDefault();
    editor.save(written());
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event);
    else if (event.key === "Escape") editor.leave();
    else return;
    event.preventDefault();
  };
  const shown = withMine(open.base, open.mine);
  return (
    <form ref={form} class="words-form" aria-label={t("edit.words")} onSubmit={save} onKeyDown={press} onInput={() => editor.write(written())}>
      {NAMES.map(([name, word]) => (
        <WordsField key={name} name={name} label={t(word)} value={shown[name]} placeholder={draft?.[name] ?? ""} />
      ))}
      <EditDo editor={editor} theirs={open.theirs === null ? null : toldBy(open.base, open.theirs)} />
    </form>
  );
}

interface WordsFieldProps {
  readonly name: keyof Words;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
}

function WordsField({ name, label, value, placeholder }: WordsFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field words-field">
      <label for={id}>{label}</label>
      <textarea id={id} name={name} class={name === "text" ? "words-text" : "words-step"} rows={name === "text" ? 4 : 1} maxLength={LONGEST} placeholder={placeholder} defaultValue={value} dir="auto" />
    </div>
  );
}

function wordsIn(form: HTMLFormElement): Words {
  const data = new FormData(form);
  const told = (name: string): string => String(data.get(name) ?? "").trim();
  return { given: told("given"), when: told("when"), then: told("then"), text: told("text") };
}

/** As it stood when it was left, or refused. */
function withMine(base: Texts, { given, when, then, notes, description }: Partial<Texts>): Words {
  const was = wordsOf(base);
  return { given: given ?? was.given, when: when ?? was.when, then: then ?? was.then, text: notes ?? description ?? was.text };
}

function toldBy(now: Texts, names: Conflict["names"]): readonly (readonly [string, string])[] {
  const words = wordsOf(now);
  const isTheirs = (name: keyof Words): boolean => (name === "text" ? names.includes("notes") || names.includes("description") : names.includes(name));
  return NAMES.filter(([name]) => isTheirs(name)).map(([name, word]) => [t(word), words[name]]);
}
