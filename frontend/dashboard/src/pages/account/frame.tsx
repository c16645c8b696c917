// One's own account, in its parts.
import type { ComponentChildren, JSX } from "preact";
import { ACCOUNT, accountPath } from "../../routing/paths.ts";
import { useTitle } from "../../shell/title.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { type Key, t } from "../../words/words.ts";

const PARTS = ["security", "sessions", "tokens", "notifications", "events"] as const;
export type Part = "profile" | (typeof PARTS)[number];

export function AccountPage({ part, children }: { readonly part: Part; readonly children: ComponentChildren }): JSX.Element {
  const word = (each: Part): string => t(`account.${each}` satisfies Key);
  useTitle(`${word(part)} · ${t("account.title")}`);
  const tabs = [{ href: ACCOUNT, text: word("profile") }, ...PARTS.map((each) => ({ href: accountPath(each), text: word(each) }))];
  return (
    <div class="page settings">
      <h1>{t("account.title")}</h1>
      <Tabs label={t("account.title")} tabs={tabs} />
      {children}
    </div>
  );
}
