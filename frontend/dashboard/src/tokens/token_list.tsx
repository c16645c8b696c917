// Tokens with their rights, their end and their last use; revoked in one click, at once.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { CamelTokenItem, CreatedCamelTokenItem } from "../api/types.ts";
import { attempt } from "../store/attempt.ts";
import { say } from "../store/toasts.ts";
import { Icon } from "../ui/icon.tsx";
import { Item } from "../ui/item.tsx";
import type { Loaded } from "../ui/loaded.tsx";
import { day, Moment, now } from "../ui/moment.tsx";
import { t } from "../words/words.ts";
import { expiryOf } from "./expiry.ts";
import { rightsInShort, scopeWord, SCOPES } from "./rights.ts";
import { Rotate } from "./rotate.tsx";

/** Of those whose look misleads, or that are not one person's: that they are secret is said. */
const LOUD = /^(?:pk|proj)_/;

interface TokenCalls {
  readonly onRevoke: (tokenId: string) => Promise<unknown>;
  readonly onRotate: (tokenId: string, graceSeconds: number) => Promise<CreatedCamelTokenItem>;
}

interface ListProps extends TokenCalls {
  readonly found: readonly CamelTokenItem[];
  readonly tokens: Loaded<readonly CamelTokenItem[]>;
  readonly onRotated: (token: CreatedCamelTokenItem) => void;
}

export function TokenList({ found, tokens, onRevoke, onRotate, onRotated }: ListProps): JSX.Element {
  const revoke = async (token: CamelTokenItem): Promise<void> => {
    const takeBack = tokens.set((all) => all.filter((each) => each.id !== token.id));
    if (await attempt(() => onRevoke(token.id), takeBack)) say(t("tokens.revoked", { name: token.name }));
  };
  return (
    <ul class="items">
      {found.map((token) => (
        <TokenRow key={token.id} token={token} onRevoke={() => void revoke(token)} onRotate={onRotate} onRotated={onRotated} />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly token: CamelTokenItem;
  readonly onRevoke: () => void;
  readonly onRotate: TokenCalls["onRotate"];
  readonly onRotated: (token: CreatedCamelTokenItem) => void;
}

function TokenRow({ token, onRevoke, onRotate, onRotated }: RowProps): JSX.Element {
  const [isRotating, setRotating] = useState(false);
  return (
    <Item
      icon={<Icon name="key" />}
      name={
        <>
          <bdi>{token.name}</bdi>
          <code>{token.tokenPrefix}…</code>
          {LOUD.test(token.tokenPrefix) && (
            <span class="tag warn" title={t(token.tokenPrefix.startsWith("pk_") ? "tokens.pk_secret" : "project_token.secret")}>
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
      {isRotating && <Rotate token={token} onRotate={onRotate} onRotated={onRotated} onClose={() => setRotating(false)} />}
    </Item>
  );
}

function Rights({ token: { scopes } }: { readonly token: CamelTokenItem }): JSX.Element {
  if (scopes === null) return <p class="hint">{t("tokens.rights_are", { rights: t("rights.all") })}</p>;
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
