// To hand an organization over, to leave it, to delete it: none of them is undone by a toast.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { OrganizationItem } from "../../api/types.ts";
import { HOME } from "../../routing/paths.ts";
import { go } from "../../routing/router.ts";
import { may } from "../../store/rights.ts";
import { say } from "../../store/toasts.ts";
import { loadOrganizations, loadProjects, me } from "../../store/workspace.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { useLoaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Select } from "../../ui/select.tsx";
import { t } from "../../words/words.ts";

interface Of {
  readonly organization: OrganizationItem;
}

/** A personal one has none. */
export function Endings({ organization }: Of): JSX.Element {
  const isOwned = may("organizations:delete", organization.id);
  return (
    <>
      {isOwned && <Transfer organization={organization} />}
      <Leave organization={organization} />
      {isOwned && <Delete organization={organization} />}
    </>
  );
}

function Transfer({ organization }: Of): JSX.Element {
  const path = { organization_id: organization.id };
  const members = useLoaded(() => call("GET /organizations/{organization_id}/members", { path }));
  const others = (members.value ?? []).filter((each) => each.userId !== me.value?.id);
  const hand = async (told: (name: string) => string): Promise<void> => {
    await call("POST /organizations/{organization_id}/transfer", { path, body: { member_id: told("member") } });
    await loadOrganizations();
    say(t("endings.transferred", { name: organization.name }));
  };
  const options = others.map((each) => [each.id, each.displayName ?? each.email] as const);
  return (
    <Ending title={t("endings.transfer")} hint={t("endings.transfer_hint")} verb={t("endings.transfer_do")} isDisabled={others.length === 0} onDo={hand}>
      <Select name="member" label={t("endings.to")} options={options} />
      <p class="hint">{t("endings.transfer_text")}</p>
    </Ending>
  );
}

function Leave({ organization }: Of): JSX.Element {
  const leave = async (): Promise<void> => {
    await call("POST /organizations/{organization_id}/leave", { path: { organization_id: organization.id } });
    await goHome(t("endings.left", { name: organization.name }));
  };
  return (
    <Ending title={t("endings.leave")} hint={t("endings.leave_hint")} verb={t("endings.leave_do")} onDo={leave}>
      <p>{t("endings.leave_text", { name: organization.name })}</p>
    </Ending>
  );
}

function Delete({ organization }: Of): JSX.Element {
  const remove = async (told: (name: string) => string): Promise<void> => {
    const body = { confirm: told("confirm"), without_export: told("without_export") !== "" };
    await call("DELETE /organizations/{organization_id}", { path: { organization_id: organization.id }, body });
    await goHome(t("endings.deleted", { name: organization.name }));
  };
  return (
    <Ending title={t("endings.delete")} hint={t("endings.delete_hint")} verb={t("endings.delete_do")} word={organization.slug} onDo={remove}>
      <p>{t("endings.delete_text", { name: organization.name })}</p>
      <label class="check">
        <input type="checkbox" name="without_export" value="yes" />
        <span>{t("endings.without_export")}</span>
      </label>
    </Ending>
  );
}

interface EndingProps {
  readonly title: string;
  readonly hint: string;
  readonly verb: string;
  readonly word?: string;
  readonly isDisabled?: boolean;
  readonly onDo: (told: (name: string) => string) => Promise<void>;
  readonly children: ComponentChildren;
}

function Ending({ title, hint, verb, word, isDisabled = false, onDo, children }: EndingProps): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const button = (
    <button type="button" class="button small danger" disabled={isDisabled} onClick={() => setAsked(true)}>
      {verb}
    </button>
  );
  return (
    <Section title={title} hint={hint} action={button}>
      {isAsked && (
        <Confirm title={title} verb={verb} {...(word === undefined ? {} : { word })} onDo={onDo} onClose={() => setAsked(false)}>
          {children}
        </Confirm>
      )}
    </Section>
  );
}

async function goHome(said: string): Promise<void> {
  go(HOME);
  say(said);
  await Promise.all([loadOrganizations(), loadProjects()]);
}
