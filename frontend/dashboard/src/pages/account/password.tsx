import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import { say } from "../../store/toasts.ts";
import { me } from "../../store/workspace.ts";
import { Field } from "../../ui/field.tsx";
import { useForm, Username } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";

/** Who came from a provider has none yet. */
export function Password(): JSX.Element {
  const hasOne = me.value?.hasPassword ?? true;
  const { refusal, isSending, onSubmit } = useForm(async (told, form) => {
    const body = { new_password: told("new_password"), revoke_tokens: told("revoke_tokens") !== "" };
    if (hasOne) await call("PUT /auth/me/password", { body: { ...body, current_password: told("current_password") } });
    else await call("POST /auth/me/password", { body });
    form.reset();
    if (me.value !== null) me.value = { ...me.value, hasPassword: true };
    say(t("security.password_set"));
  });
  return (
    <Section title={t("security.password")} hint={t(hasOne ? "security.password_hint" : "security.password_first")}>
      <form class="stack" onSubmit={onSubmit} noValidate>
        <Username />
        {hasOne && <Field name="current_password" type="password" label={t("security.password_now")} autocomplete="current-password" refusal={refusal} takesAll />}
        <Field
          name="new_password"
          type="password"
          label={t("security.password_new")}
          hint={t("security.password_rule")}
          autocomplete="new-password"
          refusal={refusal}
          takesAll={!hasOne}
        />
        <label class="check">
          <input type="checkbox" name="revoke_tokens" value="yes" />
          <span>{t("security.revoke_tokens")}</span>
        </label>
        <p>
          <button type="submit" class="button" disabled={isSending}>
            {t("security.password_save")}
          </button>
        </p>
      </form>
    </Section>
  );
}
