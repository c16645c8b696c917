// A project's settings, in the parts that one may read.
import type { ComponentChildren, JSX } from "preact";
import type { Permission, ProjectItem } from "../../api/types.ts";
import type { Params } from "../../routing/match.ts";
import { projectPath, settingsPath } from "../../routing/paths.ts";
import { Missing } from "../../shell/missing.tsx";
import { Empty } from "../../shell/states.tsx";
import { useTitle } from "../../shell/title.ts";
import { may } from "../../store/rights.ts";
import { projectAt } from "../../store/workspace.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { t } from "../../words/words.ts";

/** What it takes to see a part; what can be changed there takes more. */
const TAKES = {
  general: "projects:read",
  install: "projects:read",
  widget: "projects:read",
  keys: "projects:read",
  tokens: "tokens:read",
  members: "members:read",
  webhooks: "webhooks:read",
  labels: "reports:read",
  data: "projects:read",
} as const satisfies Readonly<Record<string, Permission>>;
export type Part = keyof typeof TAKES;
const PARTS = Object.keys(TAKES) as Part[];

interface FrameProps {
  readonly params: Params;
  readonly part: Part;
  readonly children: (project: ProjectItem) => ComponentChildren;
}

export function SettingsPage({ params, part, children }: FrameProps): JSX.Element {
  const project = projectAt(params["organization"] ?? "", params["code"] ?? "");
  useTitle(project === undefined ? "" : `${t(`settings.${part}`)} · ${project.name}`);
  if (project === undefined) return <Missing />;
  const mayRead = (each: Part): boolean => may(TAKES[each], project.id);
  return (
    <div class="page settings">
      <p class="crumb">
        <a href={projectPath(project)} dir="auto">
          {project.name}
        </a>
      </p>
      <h1>{t("settings.title")}</h1>
      <Tabs label={t("settings.title")} tabs={PARTS.filter(mayRead).map((each) => ({ href: settingsPath(project, each), text: t(`settings.${each}`) }))} />
      {mayRead(part) ? children(project) : <Empty icon="settings" title={t("settings.not_yours")} text={t("settings.not_yours_text")} />}
    </div>
  );
}
