// Passkeys on the plain pages: a form that only this script can fill in is shown, and posted like any other.
import { type Failure, failureOf, hasPasskeys, makePasskey, type Options, showPasskey } from "../../kit/src/passkeys.ts";

// The sentences stand at the line that tells them, in the language of the page.
const REASONS: Readonly<Record<Failure, string>> = {
  already: "already",
  not_shown: "notShown",
  not_possible: "notPossible",
};

if (hasPasskeys()) {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ceremony]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void attempt(form);
    });
  }
}

async function attempt(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button");
  if (button === null || button.disabled) return;
  button.disabled = true;
  tell(form, "waiting");
  try {
    await perform(form);
  } catch (error) {
    const failure = failureOf(error);
    tell(form, failure === null ? "failed" : REASONS[failure]);
    button.disabled = false;
  }
}

async function perform(form: HTMLFormElement): Promise<void> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) fields.set(name, String(value));
  const answer = await fetch(form.dataset["options"] ?? "", { method: "POST", body: fields });
  if (answer.redirected) {
    location.assign(answer.url); // to prove again who one is, or to log in
    return;
  }
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  const options = (await answer.json()) as Options;
  const passkey = form.dataset["ceremony"] === "create" ? await makePasskey(options) : await showPasskey(options);
  const field = form.querySelector<HTMLInputElement>("[data-answer]");
  if (field === null) throw new Error("no field for the answer");
  field.value = JSON.stringify(passkey);
  form.submit();
}

function tell(form: HTMLFormElement, sentence: string): void {
  const line = form.querySelector<HTMLElement>("[role=status]");
  if (line !== null) line.textContent = line.dataset[sentence] ?? "";
}
