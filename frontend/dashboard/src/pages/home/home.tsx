// Home: the projects, until there is more to tell.
import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { NEW_PROJECT, projectPath } from "../../routing/paths.ts";
import { Empty } from "../../shell/states.tsx";
import { useTitle } from "../../shell/title.ts";
import { projects } from "../../store/workspace.ts";
import { t } from "../../words/words.ts";

export default function Home(): JSX.Element {
  useTitle(t("home.title"));
  return (
    <div class="page">
      <h1>{t("home.title")}</h1>
      {projects.value.length === 0 ? <NoProject /> : <ProjectList projects={projects.value} />}
    </div>
  );
}

function NoProject(): JSX.Element {
  return (
    <Empty icon="folder" title={t("home.none")} text={t("home.none_text")}>
      <a class="button primary" href={NEW_PROJECT}>
        {t("project.first")}
      </a>
    </Empty>
  );
}

function ProjectList({ projects: all }: { readonly projects: readonly ProjectItem[] }): JSX.Element {
  return (
    <section class="section" aria-labelledby="projects">
      <h2 id="projects">{t("home.projects")}</h2>
      <ul class="lines">
        {all.map((project) => (
          <li key={project.id}>
            <a class="line" href={projectPath(project)}>
              <span class="line-text" dir="auto">
                {project.name}
              </span>
              <span class="muted line-more">{project.domain}</span>
              <span class="code">{project.code}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
