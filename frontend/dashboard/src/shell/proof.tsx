// "Is it you?": opened wherever the server wants a fresh proof; then what was asked goes on (S-7).
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { failureOf, hasPasskeys, showPasskey } from "../../../kit/src/passkeys.ts";
import { call } from "../api/client.ts";
import { Refusal } from "../api/problem.ts";
import { proofWanted } from "../api/proof.ts";
import type { ProofBody } from "../api/types.ts";
import { reasonOf } from "../store/attempt.ts";
import { me } from "../store/workspace.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useForm, Username } from "../ui/form.tsx";
import { useLoaded, WhenLoaded } from "../ui/loaded.tsx";
import { t } from "../words/words.ts";

interface Ways {
  readonly totp: boolean;
  readonly passkeys: number;
  readonly providers: readonly { readonly name: string; readonly label: string }[];
}

export function Proof(): JSX.Element | null {
  const answer = proofWanted.value;
  return answer === null ? null : <ProofDialog answer={answer} />;
}

function ProofDialog({ answer }: { readonly answer: (isProved: boolean) => void }): JSX.Element {
  const ways = useLoaded(waysNow);
  return (
    <Dialog title={t("proof.title")} onClose={() => answer(false)}>
      <p class="hint proof-lead">{t("proof.lead")}</p>
      <WhenLoaded of={ways} rows={2}>
        {(found) => <Ways ways={found} onProved={() => answer(true)} />}
      </WhenLoaded>
    </Dialog>
  );
}

async function waysNow(): Promise<Ways> {
  const [factors, { providers }] = await Promise.all([call("GET /auth/mfa"), call("GET /auth/oidc")]);
  return { ...factors, providers };
}

interface WaysProps {
  readonly ways: Ways;
  readonly onProved: () => void;
}

function Ways({ ways, onProved }: WaysProps): JSX.Element {
  const hasPassword = me.value?.hasPassword ?? true;
  const hasPasskey = ways.passkeys > 0 && hasPasskeys();
  return (
    <div class="stack">
      {hasPassword && <OneField name="password" onProved={onProved} />}
      {hasPasskey && <ByPasskey onProved={onProved} />}
      {ways.totp && !hasPassword && <OneField name="code" onProved={onProved} />}
      {ways.totp && hasPassword && (
        <details>
          <summary>{t("proof.use_code")}</summary>
          <OneField name="code" onProved={onProved} isSecond />
        </details>
      )}
      {!hasPassword && !ways.totp && !hasPasskey && <ByProvider providers={ways.providers} />}
    </div>
  );
}

interface OneFieldProps {
  readonly name: "password" | "code";
  readonly isSecond?: boolean;
  readonly onProved: () => void;
}

function OneField({ name, isSecond = false, onProved }: OneFieldProps): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    await prove({ [name]: told(name) });
    onProved();
  });
  const isPassword = name === "password";
  return (
    <form class="stack" onSubmit={onSubmit} noValidate>
      {isPassword && <Username />}
      <Field
        name={name}
        type={isPassword ? "password" : "text"}
        label={t(`proof.${name}`)}
        autocomplete={isPassword ? "current-password" : "one-time-code"}
        refusal={refusal}
        isFirst={!isSecond}
        takesAll
      />
      <p>
        <button type="submit" class={isSecond ? "button" : "button primary"} disabled={isSending}>
          {t("proof.continue")}
        </button>
      </p>
    </form>
  );
}

function ByPasskey({ onProved }: { readonly onProved: () => void }): JSX.Element {
  const [reason, setReason] = useState<string | null>(null);
  const show = async (): Promise<void> => {
    try {
      const assertion = await showPasskey(await call("POST /auth/reauth/options"));
      await prove({ assertion });
      onProved();
    } catch (error) {
      const failure = failureOf(error);
      setReason(failure === null ? reasonOf(error) : t(`passkey.${failure}`));
    }
  };
  return (
    <div>
      <button type="button" class="button" onClick={() => void show()}>
        {t("proof.use_passkey")}
      </button>
      {reason !== null && (
        <p class="field-error" role="alert">
          {reason}
        </p>
      )}
    </div>
  );
}

/** Who has nothing else logs in there once more. */
function ByProvider({ providers }: { readonly providers: Ways["providers"] }): JSX.Element {
  const next = encodeURIComponent(location.pathname + location.search);
  return (
    <>
      {providers.map(({ name, label }) => (
        <a key={name} class="button" href={`/api/v1/auth/oidc/${encodeURIComponent(name)}/login?next=${next}`}>
          {t("proof.use_provider", { provider: label })}
        </a>
      ))}
    </>
  );
}

async function prove(body: ProofBody): Promise<void> {
  try {
    await call("POST /auth/reauth", { body });
  } catch (error) {
    if (!(error instanceof Refusal && error.code in WRONG)) throw error;
    throw new Refusal(error.status, error.code, t(WRONG[error.code as keyof typeof WRONG]));
  }
}

const WRONG = { invalid_credentials: "proof.wrong_password", invalid_code: "proof.wrong_code" } as const;
