// Addresses that hear at once what happens to the project's bugs, and whether they could be told.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { MintedWebhookItem, ProjectItem, WebhookItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { Empty } from "../../shell/states.tsx";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { type Loaded, useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { SettingsPage } from "./frame.tsx";
import { WebhookDialog } from "./webhook_dialog.tsx";
import { WebhookRow } from "./webhook_row.tsx";
import { WebhookSecret } from "./webhook_secret.tsx";

export function Webhooks({ params }: PageProps): JSX.Element {
  return (
    <SettingsPage params={params} part="webhooks">
      {(project) => <List project={project} />}
    </SettingsPage>
  );
}

function List({ project }: { readonly project: ProjectItem }): JSX.Element {
  const webhooks = useFollowed(useLoaded(() => call("GET /webhooks", { query: { project_id: project.id } })), "webhook.");
  const [isNew, setNew] = useState(false);
  const [minted, show] = useState<MintedWebhookItem | null>(null);
  if (minted !== null) {
    const done = (): void => {
      show(null);
      webhooks.reload();
    };
    return <WebhookSecret minted={minted} onDone={done} />;
  }
  const button = (
    <button type="button" class="button small primary" onClick={() => setNew(true)}>
      {t("webhook.new")}
    </button>
  );
  return (
    <Section title={t("settings.webhooks")} hint={t("webhook.lead")} action={button}>
      <WhenLoaded of={webhooks}>{(found) => <Rows found={found} webhooks={webhooks} onMinted={show} />}</WhenLoaded>
      {isNew && <WebhookDialog project={project} onDone={(made) => made !== null && show(made)} onClose={() => setNew(false)} />}
    </Section>
  );
}

interface RowsProps {
  readonly found: readonly WebhookItem[];
  readonly webhooks: Loaded<readonly WebhookItem[]>;
  readonly onMinted: (minted: MintedWebhookItem) => void;
}

function Rows({ found, webhooks, onMinted }: RowsProps): JSX.Element {
  if (found.length === 0) return <Empty icon="link" title={t("webhook.none")} text={t("webhook.none_text")} />;
  const turn = async (id: string, is_active: boolean): Promise<void> => {
    const takeBack = webhooks.set((all) => all.map((each) => (each.id === id ? { ...each, isActive: is_active } : each)));
    const send = (): Promise<unknown> => call("PATCH /webhooks/{webhook_id}", { path: { webhook_id: id }, body: { is_active } });
    if (!(await attempt(send, takeBack))) return;
    say(t(is_active ? "webhook.is_on" : "webhook.is_off"), () => void turn(id, !is_active));
  };
  const remove = async ({ id }: WebhookItem): Promise<void> => {
    await call("DELETE /webhooks/{webhook_id}", { path: { webhook_id: id } });
    webhooks.set((all) => all.filter((each) => each.id !== id));
    say(t("webhook.deleted"));
  };
  const rotate = async ({ id }: WebhookItem): Promise<void> => onMinted(await call("POST /webhooks/{webhook_id}/rotate-secret", { path: { webhook_id: id } }));
  return (
    <ul class="items">
      {found.map((each) => (
        <WebhookRow key={each.id} item={each} onTurn={(isActive) => void turn(each.id, isActive)} onRotate={() => rotate(each)} onDelete={() => remove(each)} onChanged={webhooks.reload} />
      ))}
    </ul>
  );
}
