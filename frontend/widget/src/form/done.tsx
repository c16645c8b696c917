/** What became of the report. */
import type { Outcome } from "../core/sending.ts";
import type { View } from "./form.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { Watermark } from "./panel.tsx";
import { fill, type Words } from "./words/english.ts";

type Sent = Extract<Outcome, { kind: "sent" }>;

const WHY = { offline: "keptOffline", busy: "keptBusy", server: "keptServer", blocked: "keptBlocked" } as const;

export function Done(view: View) {
  const { desk, words, close } = view;
  const { outcome } = desk.state;
  if (!outcome || outcome.kind === "refused") return null;
  const [icon, heading, text] = sayingOf(outcome, words);
  const [before = "", after] = text.split("{id}");
  return (
    <div class="form">
      <div class={`body done ${outcome.kind}`}>
        <Icon name={icon} />
        <h3 tabIndex={-1} autofocus ref={focus}>
          {heading}
        </h3>
        <p class="lead">
          {before}
          {outcome.kind === "sent" && <b>{outcome.trackingId}</b>}
          {after}
        </p>
        {outcome.kind === "kept" && !outcome.lasting && <p class="lead">{words.notLasting}</p>}
        {outcome.kind === "sent" && <AfterSending view={view} outcome={outcome} />}
      </div>
      <footer class="foot">
        <Watermark {...view} />
        <button type="button" class="button" onClick={desk.again}>
          {outcome.kind === "withheld" ? words.back : words.another}
        </button>
        <button type="button" class="button primary" onClick={close}>
          {words.done}
        </button>
      </footer>
    </div>
  );
}

function sayingOf(outcome: Exclude<Outcome, { kind: "refused" }>, words: Words): [IconName, string, string] {
  if (outcome.kind === "sent") return ["check", words.sent, words.number];
  if (outcome.kind === "kept") return ["clock", words.kept, words[WHY[outcome.why]]];
  return ["alert", words.withheld, words.withheldHint];
}

const AfterSending = ({ view, outcome }: { readonly view: View; readonly outcome: Sent }) => (
  <>
    {outcome.warnings.map((warning) => (
      <p key={warning} class="hint">
        {warning}
      </p>
    ))}
    {outcome.statusUrl && <StatusLink view={view} url={outcome.statusUrl} />}
    {outcome.statusUrl && <Follow view={view} url={outcome.statusUrl} />}
  </>
);

const StatusLink = ({ view: { desk, words }, url }: { readonly view: View; readonly url: string }) => (
  <div class="field">
    <label for="status">{words.status}</label>
    <div class="row">
      <input id="status" class="mono" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="button" onClick={(event) => void copy(event.currentTarget, url).then((isCopied) => desk.set({ isCopied }))}>
        <span aria-live="polite">{desk.state.isCopied ? words.copied : words.copy}</span>
      </button>
    </div>
  </div>
);

function Follow({ view: { desk, words }, url }: { readonly view: View; readonly url: string }) {
  const { followed, sheet } = desk.state;
  const email = sheet.draft.email.trim();
  if (email && followed === "no") return null;
  if (followed === "yes") return <p role="status">{fill(words.told, { email })}</p>;
  return (
    <form
      class="field"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        void desk.follow(url, String(new FormData(event.currentTarget as HTMLFormElement).get("tell")));
      }}
    >
      <label for="tell">{words.tell}</label>
      <div class="row">
        <input id="tell" name="tell" type="email" required autocomplete="email" maxLength={255} placeholder={words.emailHint} />
        <button class="button" aria-disabled={followed === "asking"}>
          {words.tellMe}
        </button>
      </div>
      {followed === "failed" && (
        <p class="fault" role="alert">
          <Icon name="alert" />
          {words.tellFailed}
        </p>
      )}
    </form>
  );
}

function focus(heading: HTMLElement | null): void {
  heading?.focus();
}

/** Whether it was. The clipboard needs a secure page that allows it; the old way works on some others too. */
async function copy(button: HTMLElement, text: string): Promise<boolean> {
  const field = button.previousElementSibling as HTMLInputElement;
  const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  if (isCopied) return true;
  field.select();
  return document.execCommand("copy");
}
