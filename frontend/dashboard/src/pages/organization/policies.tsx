// What the organization demands of its members; kept as it is chosen.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { OrganizationItem, PoliciesItem, PoliciesPatch, TokenMakers } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { attempt } from "../../store/attempt.ts";
import { may } from "../../store/rights.ts";
import { say } from "../../store/toasts.ts";
import { Facts } from "../../ui/facts.tsx";
import { useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Select } from "../../ui/select.tsx";
import { type Key, t } from "../../words/words.ts";
import { OrganizationPage } from "./frame.tsx";

const MAKERS = ["everybody", "admins", "owners"] as const satisfies readonly TokenMakers[];
const DAYS = [7, 30, 90, 365] as const;

export function OrganizationPolicies(page: PageProps): JSX.Element {
  return (
    <OrganizationPage {...page} part="policies">
      {(organization) => <Policies organization={organization} />}
    </OrganizationPage>
  );
}

function Policies({ organization }: { readonly organization: OrganizationItem }): JSX.Element {
  const path = { organization_id: organization.id };
  const policies = useFollowed(useLoaded(() => call("GET /organizations/{organization_id}/policies", { path })), "organization.policy.");
  const put = async (body: PoliciesPatch, before: PoliciesPatch): Promise<void> => {
    const takeBack = policies.set((now) => after(now, body));
    const send = (): Promise<unknown> => call("PATCH /organizations/{organization_id}/policies", { path, body });
    if (await attempt(send, takeBack)) say(t("account.saved"), () => void put(before, body));
  };
  return <WhenLoaded of={policies}>{(now) => (may("organizations:write", organization.id) ? <Rules now={now} onPut={(body, before) => void put(body, before)} /> : <Told now={now} />)}</WhenLoaded>;
}

/** To read only. */
function Told({ now }: { readonly now: PoliciesItem }): JSX.Element {
  const facts = [
    [t("policies.days"), lifetimeWord(now.maxTokenDays)],
    [t("policies.makers"), t(`makers.${now.tokenMakers}` satisfies Key)],
  ] as const;
  return (
    <>
      <Section title={t("policies.mfa")} hint={t("policies.mfa_hint")}>
        <p>{t(now.requiresMfa ? "policies.mfa_demanded" : "policies.mfa_free")}</p>
      </Section>
      <Section title={t("policies.tokens")} hint={t("policies.tokens_hint")}>
        <Facts facts={facts} />
      </Section>
    </>
  );
}

interface RulesProps {
  readonly now: PoliciesItem;
  readonly onPut: (change: PoliciesPatch, before: PoliciesPatch) => void;
}

function Rules({ now, onPut }: RulesProps): JSX.Element {
  const putMfa = (requires_mfa: boolean): void => onPut({ requires_mfa }, { requires_mfa: now.requiresMfa });
  const putDays = (days: string): void => onPut({ max_token_days: days === "" ? null : Number(days) }, { max_token_days: now.maxTokenDays });
  const putMakers = (token_makers: TokenMakers): void => onPut({ token_makers }, { token_makers: now.tokenMakers });
  const makers = MAKERS.map((each) => [each, t(`makers.${each}` satisfies Key)] as const);
  return (
    <>
      <Section title={t("policies.mfa")} hint={t("policies.mfa_hint")}>
        <label class="check">
          <input type="checkbox" checked={now.requiresMfa} onChange={(event) => putMfa(event.currentTarget.checked)} />
          <span>{t("policies.mfa_demand")}</span>
        </label>
      </Section>
      <Section title={t("policies.tokens")} hint={t("policies.tokens_hint")}>
        <div class="short stack">
          <Select label={t("policies.days")} options={lifetimes(now.maxTokenDays)} value={String(now.maxTokenDays ?? "")} onPick={putDays} />
          <Select label={t("policies.makers")} options={makers} value={now.tokenMakers} onPick={putMakers} />
        </div>
      </Section>
    </>
  );
}

/** One that was set elsewhere is offered, too. */
function lifetimes(now: number | null): readonly (readonly [string, string])[] {
  const all = [...new Set([...DAYS, ...(now === null ? [] : [now])])].sort((one, other) => one - other);
  return [["", lifetimeWord(null)], ...all.map((count) => [String(count), lifetimeWord(count)] as const)];
}

function lifetimeWord(days: number | null): string {
  return days === null ? t("policies.any") : t("policies.count", { count: days });
}

function after(now: PoliciesItem, change: PoliciesPatch): PoliciesItem {
  return {
    ...now,
    maxTokenDays: change.max_token_days === undefined ? now.maxTokenDays : change.max_token_days,
    requiresMfa: change.requires_mfa ?? now.requiresMfa,
    tokenMakers: change.token_makers ?? now.tokenMakers,
  };
}
