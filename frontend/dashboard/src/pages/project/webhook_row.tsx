import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { WebhookItem } from "../../api/types.ts";
import { attempt } from "../../store/attempt.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { exact } from "../../ui/moment.tsx";
import { t } from "../../words/words.ts";
import { Deliveries } from "./deliveries.tsx";
import { WebhookDialog } from "./webhook_dialog.tsx";

interface RowProps {
  readonly item: WebhookItem;
  readonly onTurn: (isActive: boolean) => void;
  readonly onRotate: () => Promise<void>;
  readonly onDelete: () => Promise<void>;
  readonly onChanged: () => void;
}

export function WebhookRow({ item, onTurn, onRotate, onDelete, onChanged }: RowProps): JSX.Element {
  const [asked, ask] = useState<"change" | "delete" | null>(null);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => ask(null);
  return (
    <Item
      icon={<Icon name="link" />}
      name={
        <>
          <bdi>{item.url}</bdi>
          {!item.isActive && <span class="tag warn">{t(item.disabledBecause === null ? "key.off" : `webhook.${item.disabledBecause}`)}</span>}
        </>
      }
      facts={factsOf(item)}
      actions={
        <>
          <button type="button" class="button small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t("webhook.deliveries")}
            <span class="sr"> {item.url}</span>
          </button>
          <Menu label={t("key.more", { name: item.url })} button={<Icon name="more" />}>
            <MenuItem onPick={() => ask("change")}>{t("key.change")}</MenuItem>
            <MenuItem onPick={() => onTurn(!item.isActive)}>{t(item.isActive ? "key.turn_off" : "key.turn_on")}</MenuItem>
            <MenuItem onPick={() => void attempt(onRotate)}>{t("webhook.rotate")}</MenuItem>
            <MenuItem onPick={() => ask("delete")}>{t("webhook.delete")}</MenuItem>
          </Menu>
        </>
      }
    >
      {isOpen && <Deliveries webhook={item} />}
      {asked === "change" && <WebhookDialog item={item} onDone={onChanged} onClose={close} />}
      {asked === "delete" && (
        <Confirm title={t("webhook.delete_title")} verb={t("webhook.delete")} onDo={onDelete} onClose={close}>
          <p>{t("webhook.delete_text")}</p>
        </Confirm>
      )}
    </Item>
  );
}

function factsOf(item: WebhookItem): readonly string[] {
  return [
    item.events.join(", "),
    t(`format.${item.format}`),
    ...(item.failingSince === null ? [] : [t("webhook.fails_since", { time: exact(Date.parse(item.failingSince)) })]),
    ...(item.previousSecretUntil === null ? [] : [t("webhook.both_until", { time: exact(Date.parse(item.previousSecretUntil)) })]),
  ];
}
