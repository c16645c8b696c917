/** What the reporter is asked for. Only a title is needed. */
import type { ComponentChildren } from "preact";
import type { Category, Severity } from "../core/sending.ts";
import { Along } from "./along.tsx";
import type { View } from "./form.tsx";
import { faultsOf, type DraftFault } from "./desk.ts";
import { Enclosures } from "./enclosures.tsx";
import { Icon, SeverityIcon } from "./icons.tsx";
import { Notices } from "./notices.tsx";
import { Watermark } from "./panel.tsx";

const SEVERITIES = ["low", "medium", "high", "critical"] as const;
const CATEGORIES = ["bug", "ui", "performance", "crash", "other"] as const;

type Typed = Event & { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement };

export function Fields(view: View) {
  const { desk, words } = view;
  const { stage } = desk.state;
  return (
    <form class="form" noValidate onSubmit={(event: SubmitEvent) => void submit(view, event)}>
      <div class="body">
        <Notices {...view} />
        <Title {...view} />
        <Description {...view} />
        <SeverityChoice {...view} />
        <div class="pair">
          <CategoryChoice {...view} />
          <Address {...view} />
        </div>
        <Enclosures {...view} />
        <Along {...view} />
        <Honeypot {...view} />
      </div>
      <footer class="foot">
        <Watermark {...view} />
        <button class="button primary" aria-disabled={stage !== "writing"}>
          {stage === "sending" ? words.sending : words.send}
        </button>
      </footer>
    </form>
  );
}

async function submit({ desk }: View, event: SubmitEvent): Promise<void> {
  const form = event.currentTarget as HTMLElement;
  event.preventDefault();
  if (desk.state.stage !== "writing") return;
  await desk.send();
  form.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
}

const Title = (view: View) => (
  <Field view={view} name="title" label={view.words.title} fault="titleMissing">
    {(common) => <input {...common} autofocus maxLength={200} placeholder={view.words.titleHint} />}
  </Field>
);

const Description = (view: View) => (
  <Field view={view} name="description" label={view.words.description}>
    {(common) => <textarea {...common} rows={4} maxLength={5000} placeholder={view.words.descriptionHint} />}
  </Field>
);

const Address = (view: View) => (
  <Field view={view} name="email" label={view.words.email} fault="emailWrong" isOptional>
    {(common) => <input {...common} type="email" autocomplete="email" maxLength={255} placeholder={view.words.emailHint} />}
  </Field>
);

const CategoryChoice = (view: View) => (
  <Field view={view} name="category" label={view.words.category}>
    {(common) => (
      <span class="select">
        <select {...common}>
          {CATEGORIES.map((category: Category) => (
            <option key={category} value={category}>
              {view.words[category]}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </span>
    )}
  </Field>
);

const SeverityChoice = ({ desk, words }: View) => (
  <fieldset class="severity">
    <legend>{words.severity}</legend>
    <div class="choices">
      {SEVERITIES.map((severity: Severity) => (
        <label key={severity}>
          <input
            type="radio"
            name="severity"
            checked={desk.state.sheet.draft.severity === severity}
            onChange={() => desk.write({ severity })}
          />
          <SeverityIcon severity={severity} />
          <span>{words[severity]}</span>
        </label>
      ))}
    </div>
  </fieldset>
);

/** In the page but neither seen, nor reached by a key, nor read out. */
const Honeypot = ({ desk }: View) => (
  <input
    class="honey"
    name="website"
    tabIndex={-1}
    autocomplete="off"
    aria-hidden="true"
    onInput={(event: Typed) => desk.change({ honey: event.currentTarget.value })}
  />
);

interface FieldProps {
  readonly view: View;
  readonly name: "title" | "description" | "category" | "email";
  readonly label: string;
  readonly fault?: DraftFault;
  readonly isOptional?: boolean;
  readonly children: (common: ReturnType<typeof commonOf>) => ComponentChildren;
}

function Field({ view, name, label, fault, isOptional, children }: FieldProps) {
  const { desk, words } = view;
  const said = fault && desk.state.isChecked && faultsOf(desk.state.sheet.draft).includes(fault) ? fault : undefined;
  return (
    <div class="field">
      <label for={name}>
        {label} {isOptional && <span class="muted">{words.optional}</span>}
      </label>
      {children(commonOf(view, name, said))}
      {said && (
        <p class="fault" id={said}>
          <Icon name="alert" />
          {words[said]}
        </p>
      )}
    </div>
  );
}

const commonOf = ({ desk }: View, name: FieldProps["name"], fault: DraftFault | undefined) => ({
  id: name,
  name,
  value: desk.state.sheet.draft[name],
  onInput: (event: Typed) => desk.write({ [name]: event.currentTarget.value }),
  ...(fault && { "aria-invalid": true, "aria-describedby": fault }),
});
