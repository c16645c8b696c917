// Another key with the same settings; the old one goes on for as long as sites need to change over.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { KeyItem, ProjectItem } from "../../api/types.ts";
import { say } from "../../store/toasts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useForm } from "../../ui/form.tsx";
import { Select } from "../../ui/select.tsx";
import { t } from "../../words/words.ts";

interface RotateKeyProps {
  readonly project: ProjectItem;
  readonly item: KeyItem;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function RotateKey({ project, item, onDone, onClose }: RotateKeyProps): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    const path = { project_id: project.id, key_id: item.id };
    await call("POST /projects/{project_id}/keys/{key_id}/rotate", { path, body: { grace_seconds: Number(told("grace")) } });
    say(t("key.rotated", { name: item.label }));
    onDone();
    onClose();
  });
  return (
    <Dialog title={t("key.rotate_title", { name: item.label })} onClose={onClose}>
      <form class="stack" onSubmit={onSubmit}>
        <p class="hint">{t("key.rotate_text")}</p>
        <Select
          name="grace"
          label={t("key.grace_label")}
          value="86400"
          options={[
            ["86400", t("tokens.grace_day")],
            ["3600", t("tokens.grace_hour")],
            ["0", t("tokens.grace_none")],
          ]}
        />
        {refusal !== null && (
          <p class="notice danger" role="alert">
            {refusal.message}
          </p>
        )}
        <p class="dialog-do">
          <button type="submit" class="button primary" disabled={isSending}>
            {t("key.rotate")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
