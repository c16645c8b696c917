// Accounts elsewhere with which one may log in here.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { IdentityItem, ProviderItem } from "../../api/types.ts";
import { accountPath } from "../../routing/paths.ts";
import { attempt } from "../../store/attempt.ts";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { useLoaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";

export function Identities(): JSX.Element | null {
  const identities = useLoaded(() => call("GET /auth/identities"));
  const providers = useLoaded(async () => (await call("GET /auth/oidc")).providers);
  const linked = identities.value ?? [];
  const open = (providers.value ?? []).filter(({ name }) => !linked.some((each) => each.provider === name));
  if (linked.length === 0 && open.length === 0) return null;
  const unlink = (identity: IdentityItem): void => {
    const takeBack = identities.set((all) => all.filter((each) => each !== identity));
    const send = (): Promise<unknown> => call("DELETE /auth/identities/{provider}", { path: { provider: identity.provider } });
    void attempt(send, takeBack);
  };
  const labelOf = (name: string): string => providers.value?.find((each) => each.name === name)?.label ?? name;
  return (
    <Section title={t("security.identities")} hint={t("security.identities_hint")}>
      <ul class="items">
        {linked.map((identity) => (
          <Identity key={identity.provider} identity={identity} label={labelOf(identity.provider)} onUnlink={() => unlink(identity)} />
        ))}
      </ul>
      {open.map((provider) => (
        <Link key={provider.name} provider={provider} />
      ))}
    </Section>
  );
}

interface IdentityProps {
  readonly identity: IdentityItem;
  readonly label: string;
  readonly onUnlink: () => void;
}

function Identity({ identity, label, onUnlink }: IdentityProps): JSX.Element {
  const used = identity.lastUsedAt ?? identity.createdAt;
  const button = (
    <button type="button" class="button small danger" onClick={onUnlink}>
      {t("security.unlink")}
      <span class="sr"> {label}</span>
    </button>
  );
  const facts = [
    identity.email ?? identity.issuer,
    <>
      {t("tokens.used")} <Moment at={Date.parse(used)} />
    </>,
  ];
  return <Item icon={<Icon name="link" />} name={label} facts={facts} actions={button} />;
}

function Link({ provider }: { readonly provider: ProviderItem }): JSX.Element {
  const next = encodeURIComponent(accountPath("security"));
  return (
    <p>
      <a class="button small" href={`/api/v1/auth/oidc/${encodeURIComponent(provider.name)}/login?link=1&next=${next}`}>
        {t("security.link", { provider: provider.label })}
      </a>
    </p>
  );
}
