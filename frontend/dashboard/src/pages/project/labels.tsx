// The project's own words for its bugs: named, coloured, renamed everywhere at once.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { LabelItem, ProjectItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { projectPath } from "../../routing/paths.ts";
import { Empty } from "../../shell/states.tsx";
import { may } from "../../store/rights.ts";
import { say } from "../../store/toasts.ts";
import { labelsOf, loadLabels } from "../../store/workspace.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Item } from "../../ui/item.tsx";
import { Dot } from "../../ui/label.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { ColorField, ownAccent } from "./color_field.tsx";
import { SettingsPage } from "./frame.tsx";

export function Labels({ params }: PageProps): JSX.Element {
  return (
    <SettingsPage params={params} part="labels">
      {(project) => <List project={project} />}
    </SettingsPage>
  );
}

function List({ project }: { readonly project: ProjectItem }): JSX.Element {
  const [isNew, setNew] = useState(false);
  useEffect(() => {
    void loadLabels(project.id).catch(() => undefined);
  }, [project.id]);
  const labels = labelsOf(project.id);
  const button = may("reports:write", project.id) && (
    <button type="button" class="button small primary" onClick={() => setNew(true)}>
      {t("labels.new")}
    </button>
  );
  return (
    <Section title={t("settings.labels")} hint={t("labels.lead")} action={button}>
      {labels.length === 0 ? (
        <Empty icon="label" title={t("labels.none")} text={t("labels.none_text")} />
      ) : (
        <ul class="items">
          {labels.map((label) => (
            <Row key={label.id} project={project} label={label} />
          ))}
        </ul>
      )}
      {isNew && <LabelDialog project={project} onClose={() => setNew(false)} />}
    </Section>
  );
}

function Row({ project, label }: { readonly project: ProjectItem; readonly label: LabelItem }): JSX.Element {
  const [asked, ask] = useState<"change" | "delete" | null>(null);
  const { name } = label;
  const remove = async (): Promise<void> => {
    await call("DELETE /projects/{project_id}/labels/{label_id}", { path: { project_id: project.id, label_id: label.id } });
    await loadLabels(project.id);
    say(t("labels.deleted", { name }));
  };
  return (
    <Item
      icon={<Dot color={label.color} />}
      name={
        <a href={`${projectPath(project)}?q=${encodeURIComponent(`label:"${name}"`)}`} dir="auto">
          {name}
        </a>
      }
      facts={[label.color]}
      actions={
        may("reports:write", project.id) && (
          <>
            <button type="button" class="button small" onClick={() => ask("change")}>
              {t("labels.change")}
              <span class="sr"> {name}</span>
            </button>
            <button type="button" class="button small danger" onClick={() => ask("delete")}>
              {t("labels.delete")}
              <span class="sr"> {name}</span>
            </button>
          </>
        )
      }
    >
      {asked === "change" && <LabelDialog project={project} label={label} onClose={() => ask(null)} />}
      {asked === "delete" && (
        <Confirm title={t("labels.delete_title", { name })} verb={t("labels.delete")} onDo={remove} onClose={() => ask(null)}>
          <p>{t("labels.delete_text")}</p>
        </Confirm>
      )}
    </Item>
  );
}

interface LabelDialogProps {
  readonly project: ProjectItem;
  readonly label?: LabelItem;
  readonly onClose: () => void;
}

function LabelDialog({ project, label, onClose }: LabelDialogProps): JSX.Element {
  const [color, setColor] = useState(() => label?.color ?? ownAccent());
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    const body = { name: told("name"), color };
    const project_id = project.id;
    if (label === undefined) await call("POST /projects/{project_id}/labels", { path: { project_id }, body });
    else await call("PATCH /projects/{project_id}/labels/{label_id}", { path: { project_id, label_id: label.id }, body });
    await loadLabels(project_id);
    onClose();
  });
  return (
    <Dialog title={t(label === undefined ? "labels.new" : "labels.change_title", { name: label?.name ?? "" })} onClose={onClose}>
      <form class="stack" onSubmit={onSubmit} noValidate>
        <Field name="name" label={t("labels.name")} placeholder={t("labels.example")} value={label?.name ?? ""} refusal={refusal} isFirst />
        <ColorField label={t("labels.color")} value={color} onPick={setColor} />
        <p class="dialog-do">
          <button type="submit" class="button primary" disabled={isSending}>
            {t("settings.save")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
