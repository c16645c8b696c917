// A project's settings, in their parts; who does not run the project is told so, and sees how to install the widget.
import type { ComponentChildren, JSX } from "preact";
import { call } from "../../api/client.ts";
import type { ProjectItem } from "../../api/types.ts";
import type { Params } from "../../routing/match.ts";
import { projectPath, settingsPath } from "../../routing/paths.ts";
import { Missing } from "../../shell/missing.tsx";
import { Empty } from "../../shell/states.tsx";
import { useTitle } from "../../shell/title.ts";
import { projectAt } from "../../store/workspace.ts";
import { useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { t } from "../../words/words.ts";

const PARTS = ["general", "install", "widget", "keys", "tokens", "members", "webhooks", "labels", "data"] as const;
export type Part = (typeof PARTS)[number];
/** What whoever reads the project may see. */
const OPEN: readonly Part[] = ["install"];

interface FrameProps {
  readonly params: Params;
  readonly part: Part;
  readonly children: (project: ProjectItem) => ComponentChildren;
}

export function SettingsPage({ params, part, children }: FrameProps): JSX.Element {
  const project = projectAt(params["organization"] ?? "", params["code"] ?? "");
  useTitle(project === undefined ? "" : `${t(`settings.${part}`)} · ${project.name}`);
  if (project === undefined) return <Missing />;
  return (
    <div class="page settings">
      <p class="crumb">
        <a href={projectPath(project)} dir="auto">
          {project.name}
        </a>
      </p>
      <h1>{t("settings.title")}</h1>
      <Tabs label={t("settings.title")} tabs={PARTS.map((each) => ({ href: settingsPath(project, each), text: t(`settings.${each}`) }))} />
      {OPEN.includes(part) ? children(project) : <Managed project={project}>{() => children(project)}</Managed>}
    </div>
  );
}

interface ManagedProps {
  readonly project: ProjectItem;
  readonly children: () => ComponentChildren;
}

function Managed({ project, children }: ManagedProps): JSX.Element {
  const managed = useLoaded(() => call("GET /projects", { query: { manageable: true } }), [project.id]);
  return (
    <WhenLoaded of={managed} rows={6}>
      {(found) => (found.some(({ id }) => id === project.id) ? <>{children()}</> : <Empty icon="settings" title={t("settings.not_yours")} text={t("settings.not_yours_text")} />)}
    </WhenLoaded>
  );
}
