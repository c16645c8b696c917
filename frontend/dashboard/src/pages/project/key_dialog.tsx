// A new key, or another name, other sites, another quota for one that there is.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { KeyItem, ProjectItem } from "../../api/types.ts";
import { say } from "../../store/toasts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { t } from "../../words/words.ts";

interface KeyDialogProps {
  readonly project: ProjectItem;
  readonly item?: KeyItem;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function KeyDialog({ project, item, onDone, onClose }: KeyDialogProps): JSX.Element {
  const form = useForm(async (told) => {
    const quota = told("daily_quota");
    const body = {
      label: told("label"),
      allowed_origins: told("allowed_origins").split(/[\s,]+/).filter((each) => each !== "").map(asOrigin),
      require_origin: told("require_origin") === "on",
      daily_quota: quota === "" ? null : Number(quota),
    };
    const project_id = project.id;
    if (item === undefined) await call("POST /projects/{project_id}/keys", { path: { project_id }, body });
    else await call("PATCH /projects/{project_id}/keys/{key_id}", { path: { project_id, key_id: item.id }, body });
    say(t(item === undefined ? "key.created" : "key.changed", { name: body.label }));
    onDone();
    onClose();
  });
  return (
    <Dialog title={item === undefined ? t("key.new") : t("key.change_title", { name: item.label })} onClose={onClose}>
      <form class="stack" onSubmit={form.onSubmit} noValidate>
        <Field name="label" label={t("key.label")} placeholder={t("key.label_example")} value={item?.label ?? ""} refusal={form.refusal} isFirst />
        <Field
          name="allowed_origins"
          label={t("key.origins")}
          hint={t("key.origins_hint")}
          placeholder="https://shop.example.com https://*.example.com"
          value={item?.allowedOrigins.join(" ") ?? ""}
          refusal={form.refusal}
          isOptional
        />
        <label class="check">
          <input type="checkbox" name="require_origin" defaultChecked={item?.requireOrigin === true} />
          {t("key.require_origin")}
        </label>
        <Field name="daily_quota" type="number" label={t("key.quota")} hint={t("key.quota_hint")} value={String(item?.dailyQuota ?? "")} refusal={form.refusal} isOptional />
        <p class="dialog-do">
          <button type="submit" class="button primary" disabled={form.isSending}>
            {t(item === undefined ? "key.create" : "settings.save")}
          </button>
          <button type="button" class="button quiet" onClick={onClose}>
            {t("confirm.cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** Who writes only a host means the site. */
function asOrigin(text: string): string {
  return text.includes("://") ? text : `https://${text}`;
}
