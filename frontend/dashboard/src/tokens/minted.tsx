// A token's secret, shown this once, and what to do with it next.
import type { JSX } from "preact";
import type { CreatedCamelTokenItem } from "../api/types.ts";
import { Icon } from "../ui/icon.tsx";
import { day } from "../ui/moment.tsx";
import { SecretCode } from "../ui/secret_code.tsx";
import { Section } from "../ui/section.tsx";
import { t } from "../words/words.ts";
import { usesOf } from "./uses.ts";

interface MintedProps {
  readonly token: CreatedCamelTokenItem;
  readonly isRotated?: boolean;
  readonly onDone: () => void;
}

export function Minted({ token, isRotated = false, onDone }: MintedProps): JSX.Element {
  const secret = token.token ?? "";
  const ends = token.expiresAt === null ? t("tokens.never_ends") : t("tokens.ends", { day: day(Date.parse(token.expiresAt)) });
  return (
    <Section title={t(isRotated ? "tokens.rotated" : "tokens.created", { name: token.name })} hint={ends}>
      <p class="notice warn" role="status">
        <Icon name="alert" />
        <span>{t(token.token === null ? "tokens.shown_before" : "tokens.once")}</span>
      </p>
      {token.token !== null && (
        <>
          <SecretCode code={secret} label={t("tokens.copy")} isPrimary />
          <h3>{t("tokens.next")}</h3>
          {usesOf(secret, location.origin).map(({ title, hint, code }, at) => (
            <details key={title} name="use" class="use" open={at === 0}>
              <summary>{t(title)}</summary>
              <p class="hint">{t(hint)}</p>
              <SecretCode code={code} label={t("tokens.copy_this")} />
            </details>
          ))}
        </>
      )}
      <p>
        <button type="button" class="button" onClick={onDone}>
          {t("tokens.done")}
        </button>
      </p>
    </Section>
  );
}
