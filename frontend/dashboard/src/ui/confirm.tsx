// Before what can not be undone: what will be lost, in words, and at worst a word to type.
import type { ComponentChildren, JSX } from "preact";
import { Refusal } from "../api/problem.ts";
import { t } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { useForm } from "./form.tsx";

interface ConfirmProps {
  readonly title: string;
  readonly verb: string;
  /** To be typed. */
  readonly word?: string;
  readonly onDo: (told: (name: string) => string) => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Confirm({ title, verb, word, onDo, onClose, children }: ConfirmProps): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    if (word !== undefined && told("confirm") !== word) throw unlike(word);
    await onDo(told);
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={onSubmit} noValidate>
        {children}
        {word !== undefined && <Field name="confirm" label={t("confirm.type", { word })} refusal={refusal} isFirst />}
        {word === undefined && refusal !== null && (
          <p class="notice danger" role="alert">
            {refusal.message}
          </p>
        )}
        <p class="dialog-do">
          <button type="submit" class="button danger" disabled={isSending}>
            {verb}
          </button>
          <button type="button" class="button quiet" onClick={onClose}>
            {t("confirm.cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function unlike(word: string): Refusal {
  const message = t("confirm.unlike", { word });
  return new Refusal(0, "unlike", message, [{ field: "confirm", message, code: "unlike" }]);
}
