// Passkeys on the plain pages: a form that only this script can fill in is shown, and posted like any other.
import { type Failure, failureOf, hasPasskeys, makePasskey, type Options, showPasskey } from "../../kit/src/passkeys.ts";

const REASONS: Readonly<Record<Failure, string>> = {
  already: "This device has a passkey for your account already.",
  not_shown: "Nothing was shown, or the time ran out. Try again.",
  not_possible: "Your browser could not do that.",
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
  tell(form, "Waiting for your device…");
  try {
    await perform(form);
  } catch (error) {
    const failure = failureOf(error);
    tell(form, failure === null ? "That did not work. Load the page again." : REASONS[failure]);
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
  const line = form.querySelector("[role=status]");
  if (line !== null) line.textContent = sentence;
}
