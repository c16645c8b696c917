// One's tokens: what each may do, until when, and when and from where it was last used.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { CamelTokenItem, CreatedCamelTokenItem } from "../../api/types.ts";
import { NEW_TOKEN } from "../../routing/paths.ts";
import { Empty } from "../../shell/states.tsx";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { type Loaded, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { day, Moment, now } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { expiryOf } from "./expiry.ts";
import { AccountPage } from "./frame.tsx";
import { Minted } from "./minted.tsx";
import { rightsInShort, scopeWord, SCOPES } from "./rights.ts";
import { Rotate } from "./rotate.tsx";

export function Tokens(): JSX.Element {
  const tokens = useLoaded(() => call("GET /auth/tokens"));
  const [minted, setMinted] = useState<CreatedCamelTokenItem | null>(null);
  const done = (): void => {
    setMinted(null);
    tokens.reload();
  };
  if (minted !== null) {
    return (
      <AccountPage part="tokens">
        <Minted token={minted} isRotated onDone={done} />
      </AccountPage>
    );
  }
  return (
    <AccountPage part="tokens">
      <Section title={t("account.tokens")} hint={t("tokens.lead")} action={<NewToken isFirst={false} />}>
        <WhenLoaded of={tokens}>{(found) => <List found={found} tokens={tokens} onRotated={setMinted} />}</WhenLoaded>
      </Section>
    </AccountPage>
  );
}

function NewToken({ isFirst }: { readonly isFirst: boolean }): JSX.Element {
  return (
    <a class={isFirst ? "button" : "button small primary"} href={NEW_TOKEN}>
      {t("tokens.new")}
    </a>
  );
}

interface ListProps {
  readonly found: readonly CamelTokenItem[];
  readonly tokens: Loaded<readonly CamelTokenItem[]>;
  readonly onRotated: (token: CreatedCamelTokenItem) => void;
}

function List({ found, tokens, onRotated }: ListProps): JSX.Element {
  const revoke = (token: CamelTokenItem): void => {
    const takeBack = tokens.set((all) => all.filter((each) => each.id !== token.id));
    const send = (): Promise<unknown> => call("DELETE /auth/tokens/{token_id}", { path: { token_id: token.id } });
    void attempt(send, takeBack).then((isDone) => isDone && say(t("tokens.revoked", { name: token.name })));
  };
  if (found.length === 0) {
    return (
      <Empty icon="key" title={t("tokens.none")} text={t("tokens.none_text")}>
        <NewToken isFirst />
      </Empty>
    );
  }
  return (
    <ul class="items">
      {found.map((token) => (
        <TokenRow key={token.id} token={token} onRevoke={() => revoke(token)} onRotated={onRotated} />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly token: CamelTokenItem;
  readonly onRevoke: () => void;
  readonly onRotated: (token: CreatedCamelTokenItem) => void;
}

function TokenRow({ token, onRevoke, onRotated }: RowProps): JSX.Element {
  const [isRotating, setRotating] = useState(false);
  return (
    <Item
      icon={<Icon name="key" />}
      name={
        <>
          <bdi>{token.name}</bdi>
          <code>{token.tokenPrefix}…</code>
          {token.tokenPrefix.startsWith("pk_") && (
            <span class="tag warn" title={t("tokens.pk_secret")}>
              {t("tokens.secret")}
            </span>
          )}
          <Warning expiresAt={token.expiresAt} />
        </>
      }
      facts={[<Ends expiresAt={token.expiresAt} />, <LastUse token={token} />]}
      actions={
        <>
          <button type="button" class="button small" onClick={() => setRotating(true)}>
            {t("tokens.rotate")}
            <span class="sr"> {token.name}</span>
          </button>
          <button type="button" class="button small danger" onClick={onRevoke}>
            {t("tokens.revoke")}
            <span class="sr"> {token.name}</span>
          </button>
        </>
      }
    >
      <Rights token={token} />
      {isRotating && <Rotate token={token} onRotated={onRotated} onClose={() => setRotating(false)} />}
    </Item>
  );
}

function Rights({ token: { scopes } }: { readonly token: CamelTokenItem }): JSX.Element {
  if (scopes === null) return <p class="item-facts">{t("tokens.rights_are", { rights: t("rights.all") })}</p>;
  return (
    <details class="rights">
      <summary class="muted">{t("tokens.rights_are", { rights: rightsInShort(scopes) })}</summary>
      <ul class="hint">
        {SCOPES.filter((scope) => scopes.includes(scope)).map((scope) => (
          <li key={scope}>{scopeWord(scope)}</li>
        ))}
      </ul>
    </details>
  );
}

function Warning({ expiresAt }: { readonly expiresAt: string | null }): JSX.Element | null {
  const expiry = expiryOf(expiresAt, now.value);
  if (expiry !== "soon" && expiry !== "ended") return null;
  return (
    <span class="tag warn">
      <Icon name="clock" />
      {t(expiry === "soon" ? "tokens.ends_soon" : "tokens.ended")}
    </span>
  );
}

function Ends({ expiresAt }: { readonly expiresAt: string | null }): ComponentChildren {
  if (expiresAt === null) return t("tokens.never_ends");
  const at = Date.parse(expiresAt);
  return (
    <>
      {t(at > now.value ? "tokens.ends" : "tokens.ended_on", { day: day(at) })} (<Moment at={at} />)
    </>
  );
}

function LastUse({ token }: { readonly token: CamelTokenItem }): ComponentChildren {
  if (token.lastUsedAt === null) return t("tokens.never_used");
  const from = [token.lastUsedIp, token.lastUsedClient].filter((each) => each !== null && each !== "").join(", ");
  return (
    <>
      {t("tokens.used")} <Moment at={Date.parse(token.lastUsedAt)} />
      {from !== "" && ` ${t("tokens.from", { from })}`}
    </>
  );
}
