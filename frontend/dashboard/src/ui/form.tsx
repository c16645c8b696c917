// A form that is sent by a call of the API, and shows in its fields what the server says against it.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Refusal } from "../api/problem.ts";
import { me } from "../store/workspace.ts";

export interface Form {
  readonly refusal: Refusal | null;
  readonly isSending: boolean;
  readonly onSubmit: (event: SubmitEvent) => void;
}

/** `send` is given the fields by name, trimmed but for passwords, and the form once more to empty it. */
export function useForm(send: (told: (name: string) => string, form: HTMLFormElement) => Promise<void>): Form {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSending, setSending] = useState(false);
  const submit = async (form: HTMLFormElement): Promise<void> => {
    const data = new FormData(form);
    setSending(true);
    try {
      await send((name) => told(data, name), form);
      setRefusal(null);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setRefusal(error);
    } finally {
      setSending(false);
    }
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement && !isSending) void submit(event.currentTarget);
  };
  return { refusal, isSending, onSubmit };
}

/** Not to see: it tells a password manager whose password the form is about. */
export function Username(): JSX.Element {
  return <input hidden type="text" name="username" autocomplete="username" value={me.value?.email} readOnly />;
}

function told(data: FormData, name: string): string {
  const value = String(data.get(name) ?? "");
  return name.includes("password") ? value : value.trim();
}
