// Every project there is to see, and those that were deleted and can come back.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { ProjectItem } from "../../api/types.ts";
import { NEW_PROJECT, projectPath } from "../../routing/paths.ts";
import { Empty } from "../../shell/states.tsx";
import { useTitle } from "../../shell/title.ts";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { loadProjects, organizations, projects } from "../../store/workspace.ts";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { useLoaded } from "../../ui/loaded.tsx";
import { day } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";

export default function Projects(): JSX.Element {
  useTitle(t("projects.title"));
  return (
    <div class="page settings">
      <div class="part-head page-head">
        <h1>{t("projects.title")}</h1>
        <a class="button small primary" href={NEW_PROJECT}>
          {t("project.new")}
        </a>
      </div>
      {projects.value.length === 0 ? <Empty icon="folder" title={t("home.none")} text={t("home.none_text")} /> : <Live />}
      <Deleted />
    </div>
  );
}

function Live(): JSX.Element {
  return (
    <ul class="items">
      {projects.value.map((project) => (
        <Item
          key={project.id}
          icon={<Icon name="folder" />}
          name={
            <>
              <a href={projectPath(project)} dir="auto">
                {project.name}
              </a>
              <code>{project.code}</code>
              {project.isPrivate && <span class="tag">{t("projects.private")}</span>}
            </>
          }
          facts={factsOf(project)}
        />
      ))}
    </ul>
  );
}

function Deleted(): JSX.Element | null {
  const deleted = useLoaded(() => call("GET /projects", { query: { is_active: false, manageable: true } }), [projects.value]);
  const restore = async (project: ProjectItem): Promise<void> => {
    const takeBack = deleted.set((all) => all.filter(({ id }) => id !== project.id));
    if (!(await attempt(() => call("POST /projects/{project_id}/restore", { path: { project_id: project.id } }), takeBack))) return;
    await loadProjects();
    say(t("projects.restored", { name: project.name }));
  };
  if (deleted.value === null || deleted.value.length === 0) return null;
  return (
    <Section title={t("projects.deleted")} hint={t("projects.deleted_hint")}>
      <ul class="items">
        {deleted.value.map((project) => (
          <Item
            key={project.id}
            icon={<Icon name="folder" />}
            name={
              <>
                <bdi>{project.name}</bdi>
                <code>{project.code}</code>
              </>
            }
            facts={factsOf(project)}
            actions={
              <button type="button" class="button small" onClick={() => void restore(project)}>
                {t("projects.restore")}
                <span class="sr"> {project.name}</span>
              </button>
            }
          />
        ))}
      </ul>
    </Section>
  );
}

function factsOf({ domain, createdAt, organizationId, organizationSlug }: ProjectItem): readonly string[] {
  const organization = organizations.value.find(({ id }) => id === organizationId);
  return [organization?.name ?? organizationSlug, ...(domain === "" ? [] : [domain]), t("settings.since", { day: day(Date.parse(createdAt)) })];
}
