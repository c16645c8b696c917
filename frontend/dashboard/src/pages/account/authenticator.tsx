// The app that shows a code: scanned, and confirmed with its first one.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { TotpSecret } from "../../api/types.ts";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { me } from "../../store/workspace.ts";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { QrCode } from "./qr_code.tsx";

interface AppProps {
  readonly isOn: boolean;
  readonly onChange: (codes: readonly string[] | null) => void;
}

export function AuthenticatorApp({ isOn, onChange }: AppProps): JSX.Element {
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const begin = (): void => void attempt(async () => setSecret(await call("POST /auth/mfa/totp")));
  const remove = async (): Promise<void> => {
    if (!(await attempt(() => call("DELETE /auth/mfa/totp")))) return;
    say(t("security.app_removed"));
    await settle(null);
  };
  const settle = async (codes: readonly string[] | null): Promise<void> => {
    setSecret(null);
    onChange(codes);
    await attempt(async () => (me.value = await call("GET /auth/me")));
  };
  const button = isOn ? (
    <button type="button" class="button small danger" onClick={() => void remove()}>
      {t("security.app_remove")}
    </button>
  ) : (
    <button type="button" class="button small" onClick={begin}>
      {t("security.app_add")}
    </button>
  );
  return (
    <Section title={t("security.app")} hint={t(isOn ? "security.app_on" : "security.app_off")} action={secret === null && button}>
      {secret !== null && <Confirm secret={secret} onDone={(codes) => void settle(codes)} onCancel={() => setSecret(null)} />}
    </Section>
  );
}

interface ConfirmProps {
  readonly secret: TotpSecret;
  readonly onDone: (codes: readonly string[]) => void;
  readonly onCancel: () => void;
}

function Confirm({ secret, onDone, onCancel }: ConfirmProps): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    const made = await call("POST /auth/mfa/totp/confirm", { body: { code: told("code") } });
    onDone(made.recoveryCodes);
  });
  return (
    <div class="enrolment">
      {secret.qr !== null && <QrCode code={secret.qr} label={t("security.app_qr")} />}
      <form class="stack" onSubmit={onSubmit} noValidate>
        <p>{t("security.app_scan")}</p>
        <pre class="copy-box">
          <code class="whole">{secret.secret}</code>
        </pre>
        <Field name="code" label={t("security.app_code")} autocomplete="one-time-code" placeholder="123456" refusal={refusal} isFirst />
        <p class="inline">
          <button type="submit" class="button primary" disabled={isSending}>
            {t("security.app_confirm")}
          </button>
          <button type="button" class="button quiet" onClick={onCancel}>
            {t("confirm.cancel")}
          </button>
        </p>
      </form>
    </div>
  );
}
