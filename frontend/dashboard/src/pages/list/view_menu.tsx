// Keeps the present query as a view; of a view that is kept, changes what it is called, whose it is, and whether it is.
import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Refusal } from "../../api/problem.ts";
import type { ProjectItem, ViewItem } from "../../api/types.ts";
import { may } from "../../store/rights.ts";
import { say, sayRefused } from "../../store/toasts.ts";
import { changeView, deleteView, saveView, viewsOf } from "../../store/views.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { t } from "../../words/words.ts";
import { VIEWS } from "./views.ts";

export function ViewMenu({ project, text }: { readonly project: ProjectItem; readonly text: ReadonlySignal<string> }): JSX.Element | null {
  const isNaming = useSignal(false);
  const query = text.value.trim();
  const kept = viewsOf(project.id).find((view) => view.query === query);
  const isBuiltIn = VIEWS.some((view) => view.query === query);
  const mayShare = may("reports:write", project.id);
  if (isBuiltIn || query === "" || (kept?.isShared === true && !mayShare)) return null;
  return (
    <>
      {kept === undefined ? (
        <button type="button" class="icon-button" aria-label={t("view.save")} title={t("view.save")} onClick={() => (isNaming.value = true)}>
          <Icon name="star" />
        </button>
      ) : (
        <Menu label={t("view.menu", { name: kept.name })} button={<Icon name="more" />}>
          <MenuItem onPick={() => (isNaming.value = true)}>{t("view.rename")}</MenuItem>
          {mayShare && (
            <MenuItem kind="checkbox" isChecked={kept.isShared} onPick={() => attempt(() => changeView(kept, { is_shared: !kept.isShared }))}>
              {t("view.shared")}
            </MenuItem>
          )}
          <hr />
          <MenuItem onPick={() => attempt(() => remove(kept))}>{t("view.delete")}</MenuItem>
        </Menu>
      )}
      {isNaming.value && <Naming project={project} query={query} kept={kept} mayShare={mayShare} onClose={() => (isNaming.value = false)} />}
    </>
  );
}

interface NamingProps {
  readonly project: ProjectItem;
  readonly query: string;
  readonly kept: ViewItem | undefined;
  readonly mayShare: boolean;
  readonly onClose: () => void;
}

function Naming({ project, query, kept, mayShare, onClose }: NamingProps): JSX.Element {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const data = new FormData(event.currentTarget);
    const name = String(data.get("name") ?? "").trim();
    try {
      if (kept === undefined) await saveView(project.id, { name, query, is_shared: data.has("shared") });
      else await changeView(kept, { name });
      onClose();
      say(t("view.saved", { name }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setRefusal(error);
    }
  };
  return (
    <Dialog title={t(kept === undefined ? "view.save" : "view.rename")} onClose={onClose}>
      <form class="stack" onSubmit={save} noValidate>
        <p class="code view-query">{query}</p>
        <Field name="name" label={t("view.name")} value={kept?.name ?? ""} refusal={refusal} isFirst />
        {kept === undefined && mayShare && (
          <label class="check">
            <input type="checkbox" name="shared" />
            <span>{t("view.share")}</span>
          </label>
        )}
        <p>
          <button type="submit" class="button primary">
            {t("view.keep")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

async function remove(view: ViewItem): Promise<void> {
  await deleteView(view);
  const { name, query, isShared } = view;
  say(t("view.deleted", { name }), () => attempt(() => saveView(view.projectId, { name, query, is_shared: isShared })));
}

function attempt(work: () => Promise<void>): void {
  work().catch((error: unknown) => sayRefused(error instanceof Refusal ? error.message : t("error.offline")));
}
