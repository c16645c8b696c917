// Where to, about what, and in whose form.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { Format, MintedWebhookItem, ProjectItem, WebhookItem } from "../../api/types.ts";
import { say } from "../../store/toasts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Select } from "../../ui/select.tsx";
import { type Key, t } from "../../words/words.ts";

const EVENTS = ["report.created", "report.updated", "report.commented", "report.comment_deleted", "report.merged", "report.unmerged", "report.deleted"] as const;
/** In BugToMe's form. */
const OF_TICKETS = ["ticket_created", "ticket_status_changed", "ticket_assigned", "ticket_priority_changed", "ticket_commented", "ticket_closed"] as const;
const FIRST: readonly string[] = ["report.created", "report.updated", "report.commented"];
const FORMATS: readonly Format[] = ["plain", "slack", "discord", "teams", "mattermost"];
/** The server tells it by the address. */
const BY_ADDRESS = "";

interface WebhookDialogProps {
  readonly project?: ProjectItem;
  readonly item?: WebhookItem;
  readonly onDone: (minted: MintedWebhookItem | null) => void;
  readonly onClose: () => void;
}

export function WebhookDialog({ project, item, onDone, onClose }: WebhookDialogProps): JSX.Element {
  const [events, setEvents] = useState(item?.events ?? FIRST);
  const form = useForm(async (told) => {
    const format = FORMATS.find((each) => each === told("format"));
    const body = { url: told("url"), events, ...(format === undefined ? {} : { format }) };
    if (item !== undefined) {
      await call("PATCH /webhooks/{webhook_id}", { path: { webhook_id: item.id }, body });
      say(t("settings.saved"));
      onDone(null);
    } else onDone(await call("POST /webhooks", { query: { project_id: project?.id ?? "" }, body }));
    onClose();
  });
  const formats = FORMATS.map((each) => [each, t(`format.${each}`)] as const);
  return (
    <Dialog title={t(item === undefined ? "webhook.new" : "webhook.change_title")} onClose={onClose}>
      <form class="stack" onSubmit={form.onSubmit} noValidate>
        <Field name="url" type="url" label={t("webhook.url")} placeholder="https://hooks.example.com/bugs" value={item?.url ?? ""} refusal={form.refusal} isFirst />
        <Events chosen={events} onChange={setEvents} />
        <Select<string> name="format" label={t("webhook.format")} options={item === undefined ? [[BY_ADDRESS, t("format.by_address")], ...formats] : formats} value={item?.format ?? BY_ADDRESS} />
        <p class="dialog-do">
          <button type="submit" class="button primary" disabled={form.isSending || events.length === 0}>
            {t(item === undefined ? "webhook.create" : "settings.save")}
          </button>
          <button type="button" class="button quiet" onClick={onClose}>
            {t("confirm.cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

interface EventsProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

function Events({ chosen, onChange }: EventsProps): JSX.Element {
  const toggle = (name: string): void => onChange(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  const choice = (name: (typeof EVENTS | typeof OF_TICKETS)[number]): JSX.Element => (
    <label key={name} class="check">
      <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
      <span>{t(`webhook.${name}` satisfies Key)}</span>
      <code class="muted">{name}</code>
    </label>
  );
  return (
    <>
      <fieldset class="choices">
        <legend>{t("webhook.events")}</legend>
        {EVENTS.map(choice)}
      </fieldset>
      <details class="use" open={OF_TICKETS.some((name) => chosen.includes(name))}>
        <summary>{t("webhook.of_tickets")}</summary>
        <p class="hint">{t("webhook.of_tickets_hint")}</p>
        <div class="choices">{OF_TICKETS.map(choice)}</div>
      </details>
    </>
  );
}
