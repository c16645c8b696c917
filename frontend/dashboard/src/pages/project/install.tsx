// How the widget comes into a site, and a report without a site.
import type { JSX } from "preact";
import type { PageProps } from "../../routing/pages.ts";
import { settingsPath } from "../../routing/paths.ts";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { SettingsPage } from "./frame.tsx";
import { Snippets } from "./snippets.tsx";
import { TryIt } from "./try_it.tsx";

export function Install({ params }: PageProps): JSX.Element {
  return (
    <SettingsPage params={params} part="install">
      {(project) => (
        <>
          <Section title={t("install.title")} hint={t("install.hint")}>
            <Snippets project={project} />
          </Section>
          <Section title={t("install.try")} hint={t("install.try_hint")}>
            {project.apiKey === null ? <a href={settingsPath(project, "keys")}>{t("install.no_key")}</a> : <TryIt project={project} />}
          </Section>
        </>
      )}
    </SettingsPage>
  );
}
