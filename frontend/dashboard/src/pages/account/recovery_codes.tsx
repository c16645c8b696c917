// For when the device is gone: ten codes, each good once, shown once.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import { attempt } from "../../store/attempt.ts";
import { CopyButton } from "../../ui/copy.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";

const FEW = 3;

interface SectionProps {
  readonly left: number;
  readonly onMade: (codes: readonly string[]) => void;
}

export function CodesSection({ left, onMade }: SectionProps): JSX.Element {
  const make = (): void => void attempt(async () => onMade((await call("POST /auth/mfa/recovery-codes")).recoveryCodes));
  const button = (
    <button type="button" class="button small" onClick={make}>
      {t("security.codes_make")}
    </button>
  );
  return (
    <Section title={t("security.codes")} hint={t("security.codes_hint")} action={button}>
      <p class="inline">
        {t("security.codes_left", { count: left })}
        {left <= FEW && <span class="tag warn">{t("security.codes_few")}</span>}
      </p>
    </Section>
  );
}

export function NewCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }): JSX.Element {
  const text = codes.join("\n");
  return (
    <Section title={t("security.codes_new")}>
      <p class="notice warn" role="status">
        <Icon name="alert" />
        <span>{t("security.codes_once")}</span>
      </p>
      <ul class="copy-box codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p class="inline">
        <CopyButton text={text} label={t("security.codes_copy")} isPrimary />
        <a class="button" download="lacewing-recovery-codes.txt" href={`data:text/plain,${encodeURIComponent(text)}`}>
          {t("security.codes_download")}
        </a>
        <button type="button" class="button quiet" onClick={onDone}>
          {t("security.codes_kept")}
        </button>
      </p>
    </Section>
  );
}
