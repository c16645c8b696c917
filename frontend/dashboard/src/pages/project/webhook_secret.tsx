// A webhook's secret, shown this once, and how to tell with it what is from here.
import type { JSX } from "preact";
import type { MintedWebhookItem } from "../../api/types.ts";
import { SecretCode } from "../../ui/secret_code.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";

export function WebhookSecret({ minted, onDone }: { readonly minted: MintedWebhookItem; readonly onDone: () => void }): JSX.Element {
  return (
    <Section title={t(minted.previousSecretUntil === null ? "webhook.created" : "webhook.rotated")} hint={minted.url}>
      <p class="notice warn" role="status">
        <Icon name="alert" />
        <span>{t(minted.secret === null ? "webhook.shown_before" : "tokens.once")}</span>
      </p>
      {minted.secret !== null && <SecretCode code={minted.secret} label={t("webhook.copy")} isPrimary />}
      <p class="hint">{t("webhook.verify")}</p>
      {minted.warnings?.map((warning) => (
        <p key={warning} class="notice">
          {warning}
        </p>
      ))}
      <p>
        <button type="button" class="button" onClick={onDone}>
          {t("tokens.done")}
        </button>
      </p>
    </Section>
  );
}
