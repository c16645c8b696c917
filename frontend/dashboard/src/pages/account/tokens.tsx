// One's tokens: what each may do, until when, and when and from where it was last used.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { CamelTokenItem, CreatedCamelTokenItem } from "../../api/types.ts";
import { NEW_TOKEN } from "../../routing/paths.ts";
import { Empty } from "../../shell/states.tsx";
import { Minted } from "../../tokens/minted.tsx";
import { TokenList } from "../../tokens/token_list.tsx";
import { type Loaded, useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { AccountPage } from "./frame.tsx";

export function Tokens(): JSX.Element {
  const tokens = useFollowed(useLoaded(() => call("GET /auth/tokens")), "token.");
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
  if (found.length === 0) {
    return (
      <Empty icon="key" title={t("tokens.none")} text={t("tokens.none_text")}>
        <NewToken isFirst />
      </Empty>
    );
  }
  return (
    <TokenList
      found={found}
      tokens={tokens}
      onRevoke={(token_id) => call("DELETE /auth/tokens/{token_id}", { path: { token_id } })}
      onRotate={(token_id, grace_seconds) => call("POST /auth/tokens/{token_id}/rotate", { path: { token_id }, body: { grace_seconds } })}
      onRotated={onRotated}
    />
  );
}
