// A new token: what it is called, what it may do, and when it ends.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { CreatedCamelTokenItem, Scope, TokenKind } from "../../api/types.ts";
import { accountPath } from "../../routing/paths.ts";
import { go } from "../../routing/router.ts";
import { endOf, lifetimes, PROPOSED_DAYS } from "../../tokens/lifetimes.ts";
import { Minted } from "../../tokens/minted.tsx";
import { PRESETS, type Preset, SCOPES } from "../../tokens/rights.ts";
import { Scopes } from "../../tokens/scopes.tsx";
import { Choice } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { Select } from "../../ui/select.tsx";
import { t } from "../../words/words.ts";
import { AccountPage } from "./frame.tsx";

type Rights = Preset | "chosen";

export function NewToken(): JSX.Element {
  const [minted, setMinted] = useState<CreatedCamelTokenItem | null>(null);
  return (
    <AccountPage part="tokens">
      {minted === null ? <TokenForm onMinted={setMinted} /> : <Minted token={minted} onDone={() => go(accountPath("tokens"))} />}
    </AccountPage>
  );
}

function TokenForm({ onMinted }: { readonly onMinted: (token: CreatedCamelTokenItem) => void }): JSX.Element {
  const [kind, setKind] = useState<TokenKind>("bsk_pat");
  const [rights, setRights] = useState<Rights>("read-only");
  const [chosen, setChosen] = useState<readonly Scope[]>([]);
  const [days, setDays] = useState(PROPOSED_DAYS);
  const form = useForm(async (told) => {
    const expires_in_days = days === "" ? null : Number(days);
    const scopes = rights === "chosen" ? chosen : PRESETS[rights];
    onMinted(await call("POST /auth/tokens", { body: { name: told("name"), kind, expires_in_days, scopes } }));
  });
  return (
    <Section title={t("tokens.new")} hint={t("tokens.lead")}>
      <form class="stack" onSubmit={form.onSubmit} noValidate>
        <Field name="name" label={t("tokens.name")} placeholder={t("tokens.name_example")} hint={t("tokens.name_hint")} refusal={form.refusal} isFirst />
        <RightsField rights={rights} onPick={setRights} />
        {rights === "chosen" && <Scopes title={t("rights.chosen")} isTitleSeen={false} offered={SCOPES} chosen={chosen} onChange={setChosen} />}
        <Select label={t("tokens.expiry")} options={lifetimes()} value={days} hint={endOf(days)} onPick={setDays} />
        <KindField kind={kind} onPick={setKind} />
        <p class="inline">
          <button type="submit" class="button primary" disabled={form.isSending || (rights === "chosen" && chosen.length === 0)}>
            {t("tokens.create")}
          </button>
          <a class="button quiet" href={accountPath("tokens")}>
            {t("confirm.cancel")}
          </a>
        </p>
      </form>
    </Section>
  );
}

function RightsField({ rights, onPick }: { readonly rights: Rights; readonly onPick: (rights: Rights) => void }): JSX.Element {
  const all: readonly Rights[] = ["read-only", "ci", "all", "chosen"];
  return (
    <fieldset class="choices">
      <legend>{t("tokens.rights")}</legend>
      {all.map((each) => (
        <Choice key={each} name="rights" isChosen={rights === each} hint={t(`rights.${each}_hint`)} onPick={() => onPick(each)}>
          {t(`rights.${each}`)}
        </Choice>
      ))}
    </fieldset>
  );
}

function KindField({ kind, onPick }: { readonly kind: TokenKind; readonly onPick: (kind: TokenKind) => void }): JSX.Element {
  return (
    <fieldset class="choices">
      <legend>{t("tokens.kind")}</legend>
      <Choice name="kind" isChosen={kind === "bsk_pat"} hint={t("tokens.kind_pat")} onPick={() => onPick("bsk_pat")}>
        <code>bsk_pat_</code>
      </Choice>
      <Choice name="kind" isChosen={kind === "pk"} hint={t("tokens.kind_pk")} onPick={() => onPick("pk")}>
        <code>pk_</code> <span class="tag warn">{t("tokens.secret")}</span>
      </Choice>
    </fieldset>
  );
}
