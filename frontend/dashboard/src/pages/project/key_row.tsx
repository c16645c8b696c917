import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { KeyChangeBody, KeyItem, ProjectItem } from "../../api/types.ts";
import { may } from "../../store/rights.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { Moment } from "../../ui/moment.tsx";
import { number, t } from "../../words/words.ts";
import { KeyDialog } from "./key_dialog.tsx";
import { RotateKey } from "./rotate_key.tsx";

interface RowProps {
  readonly project: ProjectItem;
  readonly item: KeyItem;
  readonly onChange: (body: KeyChangeBody, said: string, undo?: KeyChangeBody) => void;
  readonly onEnd: () => Promise<void>;
  readonly onReload: () => void;
}
type Asked = "change" | "rotate" | "end" | null;

export function KeyRow({ project, item, onChange, onEnd, onReload }: RowProps): JSX.Element {
  const [asked, ask] = useState<Asked>(null);
  const name = item.label;
  const close = (): void => ask(null);
  return (
    <Item
      icon={<Icon name="key" />}
      name={
        <>
          <bdi>{name}</bdi>
          <Tags item={item} />
        </>
      }
      facts={factsOf(item, project)}
      actions={
        <>
          <CopyButton text={item.key} label={t("key.copy")} />
          {may("projects:write", project.id) && <KeyMenu item={item} onAsk={ask} onChange={onChange} />}
        </>
      }
    >
      <p>
        <code class="whole">{item.key}</code>
      </p>
      {asked === "change" && <KeyDialog project={project} item={item} onDone={onReload} onClose={close} />}
      {asked === "rotate" && <RotateKey project={project} item={item} onDone={onReload} onClose={close} />}
      {asked === "end" && (
        <Confirm title={t("key.end_title", { name })} verb={t("key.end")} onDo={onEnd} onClose={close}>
          <p>{t("key.end_text")}</p>
        </Confirm>
      )}
    </Item>
  );
}

function Tags({ item }: { readonly item: KeyItem }): JSX.Element {
  return (
    <>
      <span class="tag" title={t("key.public")}>
        {t("key.no_secret")}
      </span>
      {item.isPrimary && <span class="tag good">{t("key.primary")}</span>}
      {!item.isEnabled && <span class="tag warn">{t("key.off")}</span>}
      {item.expiresAt !== null && (
        <span class="tag warn">
          <Icon name="clock" />
          {t("key.grace")} <Moment at={Date.parse(item.expiresAt)} />
        </span>
      )}
    </>
  );
}

function factsOf(item: KeyItem, project: ProjectItem): readonly ComponentChildren[] {
  const own = project.domain === "" ? t("key.any_site") : t("key.domain_only", { domain: project.domain });
  return [
    item.allowedOrigins.length === 0 ? own : t("key.sites", { sites: item.allowedOrigins.join(", ") }),
    ...(item.requireOrigin ? [t("key.browsers_only")] : []),
    item.dailyQuota === null ? t("key.no_quota") : t("key.quota_is", { count: item.dailyQuota, quota: number(item.dailyQuota) }),
    <>
      {t("key.made")} <Moment at={Date.parse(item.createdAt)} />
    </>,
  ];
}

interface KeyMenuProps {
  readonly item: KeyItem;
  readonly onAsk: (asked: Asked) => void;
  readonly onChange: RowProps["onChange"];
}

function KeyMenu({ item, onAsk, onChange }: KeyMenuProps): JSX.Element {
  const { isEnabled, isPrimary, label: name } = item;
  const turn = (): void => onChange({ is_enabled: !isEnabled }, t(isEnabled ? "key.is_off" : "key.is_on", { name }), { is_enabled: isEnabled });
  return (
    <Menu label={t("key.more", { name })} button={<Icon name="more" />}>
      <MenuItem onPick={() => onAsk("change")}>{t("key.change")}</MenuItem>
      <MenuItem onPick={() => onAsk("rotate")}>{t("key.rotate")}</MenuItem>
      <MenuItem onPick={turn}>{t(isEnabled ? "key.turn_off" : "key.turn_on")}</MenuItem>
      {!isPrimary && isEnabled && <MenuItem onPick={() => onChange({ is_primary: true }, t("key.is_primary", { name }))}>{t("key.make_primary")}</MenuItem>}
      <MenuItem onPick={() => onAsk("end")}>{t("key.end")}</MenuItem>
    </Menu>
  );
}
