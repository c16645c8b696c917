// Passkeys: made by this device, shown by it ever after.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { failureOf, hasPasskeys, makePasskey } from "../../../../kit/src/passkeys.ts";
import { call } from "../../api/client.ts";
import { Refusal } from "../../api/problem.ts";
import type { PasskeyItem } from "../../api/types.ts";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";

interface PasskeysProps {
  readonly onChange: (codes: readonly string[] | null) => void;
}

export function Passkeys({ onChange }: PasskeysProps): JSX.Element {
  const passkeys = useFollowed(useLoaded(() => call("GET /auth/passkeys")), "account.passkey.");
  const remove = async (passkey: PasskeyItem): Promise<void> => {
    const send = (): Promise<unknown> => call("DELETE /auth/passkeys/{passkey_id}", { path: { passkey_id: passkey.id } });
    const takeBack = passkeys.set((all) => all.filter((each) => each.id !== passkey.id));
    if (!(await attempt(send, takeBack))) return;
    say(t("security.passkey_removed", { name: passkey.name }));
    onChange(null);
  };
  const [isAdding, setAdding] = useState(false);
  const added = (codes: readonly string[] | null): void => {
    setAdding(false);
    passkeys.reload();
    onChange(codes);
  };
  const button = hasPasskeys() && !isAdding && (
    <button type="button" class="button small" onClick={() => setAdding(true)}>
      {t("security.passkey_add")}
    </button>
  );
  return (
    <Section title={t("security.passkeys")} hint={t("security.passkeys_hint")} action={button}>
      <WhenLoaded of={passkeys} rows={2}>
        {(found) => (
          <>
            {found.length > 0 && (
              <ul class="items">
                {found.map((passkey) => (
                  <Passkey key={passkey.id} passkey={passkey} onRemove={() => void remove(passkey)} />
                ))}
              </ul>
            )}
          </>
        )}
      </WhenLoaded>
      {!hasPasskeys() && <p class="hint">{t("security.passkeys_none")}</p>}
      {isAdding && <AddPasskey onAdded={added} onCancel={() => setAdding(false)} />}
    </Section>
  );
}

function Passkey({ passkey, onRemove }: { readonly passkey: PasskeyItem; readonly onRemove: () => void }): JSX.Element {
  const used = passkey.lastUsedAt;
  const facts = [
    <>
      {t("security.passkey_since")} <Moment at={Date.parse(passkey.createdAt)} />
    </>,
    used === null ? (
      t("tokens.never_used")
    ) : (
      <>
        {t("tokens.used")} <Moment at={Date.parse(used)} />
      </>
    ),
  ];
  const name = (
    <>
      <bdi>{passkey.name}</bdi>
      {passkey.isBackedUp && <span class="tag">{t("security.passkey_synced")}</span>}
    </>
  );
  const button = (
    <button type="button" class="button small danger" onClick={onRemove}>
      {t("security.passkey_remove")}
      <span class="sr"> {passkey.name}</span>
    </button>
  );
  return <Item icon={<Icon name="key" />} name={name} facts={facts} actions={button} />;
}

interface AddProps {
  readonly onAdded: (codes: readonly string[] | null) => void;
  readonly onCancel: () => void;
}

function AddPasskey({ onAdded, onCancel }: AddProps): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    const options = await call("POST /auth/passkeys/options");
    const credential = await withReason(() => makePasskey(options));
    const made = await call("POST /auth/passkeys", { body: { credential, name: told("name") } });
    say(t("security.passkey_added", { name: made.name }));
    onAdded(made.recoveryCodes);
  });
  return (
    <form class="stack" onSubmit={onSubmit} noValidate>
      <Field name="name" label={t("security.passkey_name")} placeholder={t("security.passkey_example")} hint={t("security.passkey_name_hint")} refusal={refusal} isFirst />
      <p class="inline">
        <button type="submit" class="button primary" disabled={isSending}>
          {t(isSending ? "security.waiting" : "security.passkey_add")}
        </button>
        <button type="button" class="button quiet" onClick={onCancel}>
          {t("confirm.cancel")}
        </button>
      </p>
    </form>
  );
}

/** What the device refuses is told as what the server refuses. */
export async function withReason<Value>(ceremony: () => Promise<Value>): Promise<Value> {
  try {
    return await ceremony();
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    throw new Refusal(0, failure, t(`passkey.${failure}`));
  }
}
