// A new secret for the same token; the old one goes on for as long as is chosen.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { CamelTokenItem, CreatedCamelTokenItem } from "../../api/types.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useForm } from "../../ui/form.tsx";
import { Select } from "../../ui/select.tsx";
import { t } from "../../words/words.ts";

interface RotateProps {
  readonly token: CamelTokenItem;
  readonly onRotated: (token: CreatedCamelTokenItem) => void;
  readonly onClose: () => void;
}

export function Rotate({ token, onRotated, onClose }: RotateProps): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    const body = { grace_seconds: Number(told("grace")) };
    onRotated(await call("POST /auth/tokens/{token_id}/rotate", { path: { token_id: token.id }, body }));
  });
  return (
    <Dialog title={t("tokens.rotate_title", { name: token.name })} onClose={onClose}>
      <form class="stack" onSubmit={onSubmit}>
        <p class="hint">{t("tokens.rotate_text")}</p>
        <Select name="grace" label={t("tokens.grace")} value="0" options={graces()} />
        {refusal !== null && (
          <p class="notice danger" role="alert">
            {refusal.message}
          </p>
        )}
        <p class="dialog-do">
          <button type="submit" class="button primary" disabled={isSending}>
            {t("tokens.rotate")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function graces(): readonly (readonly [string, string])[] {
  return [
    ["0", t("tokens.grace_none")],
    ["3600", t("tokens.grace_hour")],
    ["86400", t("tokens.grace_day")],
  ];
}
