// A new secret for the same token; the old one goes on for as long as is chosen.
import type { JSX } from "preact";
import type { CamelTokenItem, CreatedCamelTokenItem } from "../api/types.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useForm } from "../ui/form.tsx";
import { Select } from "../ui/select.tsx";
import { t } from "../words/words.ts";

interface RotateProps {
  readonly token: CamelTokenItem;
  readonly onRotate: (tokenId: string, graceSeconds: number) => Promise<CreatedCamelTokenItem>;
  readonly onRotated: (token: CreatedCamelTokenItem) => void;
  readonly onClose: () => void;
}

export function Rotate({ token, onRotate, onRotated, onClose }: RotateProps): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    onRotated(await onRotate(token.id, Number(told("grace"))));
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
