// Publishable keys: they stand in pages for all to read, so each is shown in full, and what limits it beside it.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { KeyChangeBody, KeyItem, ProjectItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { Empty } from "../../shell/states.tsx";
import { attempt } from "../../store/attempt.ts";
import { may } from "../../store/rights.ts";
import { say } from "../../store/toasts.ts";
import { loadProjects } from "../../store/workspace.ts";
import { Icon } from "../../ui/icon.tsx";
import { type Loaded, useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { SettingsPage } from "./frame.tsx";
import { KeyDialog } from "./key_dialog.tsx";
import { KeyRow } from "./key_row.tsx";

export function Keys({ params }: PageProps): JSX.Element {
  return (
    <SettingsPage params={params} part="keys">
      {(project) => <KeyList project={project} />}
    </SettingsPage>
  );
}

function KeyList({ project }: { readonly project: ProjectItem }): JSX.Element {
  const path = { project_id: project.id };
  const keys = useFollowed(useLoaded(() => call("GET /projects/{project_id}/keys", { path })), "key.");
  const [isNew, setNew] = useState(false);
  const button = may("projects:write", project.id) && (
    <button type="button" class="button small primary" onClick={() => setNew(true)}>
      {t("key.new")}
    </button>
  );
  return (
    <Section title={t("settings.keys")} hint={t("key.lead")} action={button}>
      <p class="notice">
        <Icon name="eye" />
        <span>{t("key.public")}</span>
      </p>
      <WhenLoaded of={keys}>{(found) => <Rows project={project} found={found} keys={keys} />}</WhenLoaded>
      {isNew && <KeyDialog project={project} onDone={keys.reload} onClose={() => setNew(false)} />}
    </Section>
  );
}

interface RowsProps {
  readonly project: ProjectItem;
  readonly found: readonly KeyItem[];
  readonly keys: Loaded<readonly KeyItem[]>;
}

function Rows({ project, found, keys }: RowsProps): JSX.Element {
  if (found.length === 0) return <Empty icon="key" title={t("key.none")} text={t("key.none_text")} />;
  const again = (): void => {
    keys.reload();
    void loadProjects();
  };
  const pathOf = (key: KeyItem): { project_id: string; key_id: string } => ({ project_id: project.id, key_id: key.id });
  const change = async (key: KeyItem, body: KeyChangeBody, said: string, undo?: KeyChangeBody): Promise<void> => {
    const takeBack = keys.set((all) => all.map((each) => changed(each, key.id, body)));
    const isDone = await attempt(() => call("PATCH /projects/{project_id}/keys/{key_id}", { path: pathOf(key), body }), takeBack);
    if (!isDone) return;
    say(said, undo && ((): void => void change(key, undo, t("toast.undone"))));
    void loadProjects();
  };
  const end = async (key: KeyItem): Promise<void> => {
    await call("DELETE /projects/{project_id}/keys/{key_id}", { path: pathOf(key) });
    say(t("key.ended", { name: key.label }));
    again();
  };
  return (
    <ul class="items">
      {found.map((key) => (
        <KeyRow key={key.id} project={project} item={key} onChange={(body, said, undo) => void change(key, body, said, undo)} onEnd={() => end(key)} onReload={again} />
      ))}
    </ul>
  );
}

/** As the server will have it: one key is the primary one. */
function changed(key: KeyItem, id: string, body: KeyChangeBody): KeyItem {
  if (key.id !== id) return body.is_primary === true ? { ...key, isPrimary: false } : key;
  return { ...key, isEnabled: body.is_enabled ?? key.isEnabled, isPrimary: body.is_primary ?? key.isPrimary };
}
