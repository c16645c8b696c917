import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { settingsPath } from "../../routing/paths.ts";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../../words/words.ts";

export function SettingsLink({ project }: { readonly project: ProjectItem }): JSX.Element {
  return (
    <a class="icon-button" href={settingsPath(project)} aria-label={t("settings.open")} title={t("settings.open")}>
      <Icon name="settings" />
    </a>
  );
}
