// Who one is: name and address, one's data to take along, and the end of the account.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import { download } from "../../api/download.ts";
import type { User } from "../../api/types.ts";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { me } from "../../store/workspace.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { day } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { AccountPage } from "./frame.tsx";

export function Profile(): JSX.Element | null {
  const person = me.value;
  if (person === null) return null;
  return (
    <AccountPage part="profile">
      <Name person={person} />
      <Address person={person} />
      <TakeAlong />
      <Delete person={person} />
    </AccountPage>
  );
}

function Name({ person }: { readonly person: User }): JSX.Element {
  const form = useForm(async (told) => {
    me.value = await call("PATCH /auth/me", { body: { name: told("name") } });
    say(t("account.saved"));
  });
  return (
    <Section title={t("account.profile")} hint={t("account.since", { day: day(Date.parse(person.createdAt)) })}>
      <form class="stack" onSubmit={form.onSubmit} noValidate>
        <Field name="name" label={t("account.name")} value={person.name} autocomplete="name" refusal={form.refusal} takesAll />
        <p>
          <button type="submit" class="button primary" disabled={form.isSending}>
            {t("account.save")}
          </button>
        </p>
      </form>
    </Section>
  );
}

function Address({ person }: { readonly person: User }): JSX.Element {
  const form = useForm(async (told, element) => {
    await call("POST /auth/me/email", { body: { email: told("email") } });
    element.reset();
    say(t("account.email_sent"));
  });
  return (
    <Section title={t("account.email")} hint={t("account.email_hint")}>
      <p class="inline">
        <bdi>{person.email}</bdi>
        {person.isEmailVerified ? <Verified /> : <Unverified />}
      </p>
      <form class="stack" onSubmit={form.onSubmit} noValidate>
        <Field name="email" type="email" label={t("account.email_new")} autocomplete="email" refusal={form.refusal} takesAll />
        <p>
          <button type="submit" class="button" disabled={form.isSending}>
            {t("account.email_send")}
          </button>
        </p>
      </form>
    </Section>
  );
}

function Verified(): JSX.Element {
  return (
    <span class="tag good">
      <Icon name="check" />
      {t("account.verified")}
    </span>
  );
}

function Unverified(): JSX.Element {
  const send = async (): Promise<void> => {
    if (await attempt(() => call("POST /auth/resend-verification"))) say(t("account.verification_sent"));
  };
  return (
    <>
      <span class="tag warn">
        <Icon name="alert" />
        {t("account.not_verified")}
      </span>
      <button type="button" class="button small" onClick={send}>
        {t("account.verify")}
      </button>
    </>
  );
}

function TakeAlong(): JSX.Element {
  return (
    <Section
      title={t("account.export")}
      hint={t("account.export_hint")}
      action={
        <button type="button" class="button small" onClick={() => void attempt(() => download("/auth/me/export"))}>
          {t("account.export_do")}
        </button>
      }
    />
  );
}

function Delete({ person }: { readonly person: User }): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const remove = async (): Promise<void> => {
    await call("DELETE /auth/me");
    location.assign("/login");
  };
  return (
    <Section
      title={t("account.delete")}
      hint={t("account.delete_hint")}
      action={
        <button type="button" class="button small danger" onClick={() => setAsked(true)}>
          {t("account.delete_do")}
        </button>
      }
    >
      {isAsked && (
        <Confirm title={t("account.delete")} verb={t("account.delete_do")} word={person.email} onDo={remove} onClose={() => setAsked(false)}>
          <p>{t("account.delete_text")}</p>
        </Confirm>
      )}
    </Section>
  );
}
