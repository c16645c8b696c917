// Home: how things stand over all projects, what came last, and the projects.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { ProjectItem } from "../../api/types.ts";
import { accountPath, projectPath } from "../../routing/paths.ts";
import { Failed } from "../../shell/states.tsx";
import { useTitle } from "../../shell/title.ts";
import { onBugs } from "../../store/live.ts";
import { projects } from "../../store/workspace.ts";
import { expiryOf } from "../../tokens/expiry.ts";
import { Icon } from "../../ui/icon.tsx";
import { useFollowed, useLoaded } from "../../ui/loaded.tsx";
import { now } from "../../ui/moment.tsx";
import { t } from "../../words/words.ts";
import NewProject from "../project/new_project.tsx";
import { figuresNow } from "./figures.ts";
import { Recent } from "./recent.tsx";
import { SeverityChart } from "./severity_chart.tsx";
import { Tiles } from "./tiles.tsx";
import { Trend } from "./trend.tsx";

/** Whoever has no project makes the first one at once. */
export default function Home(): JSX.Element {
  return projects.value.length === 0 ? <NewProject /> : <Overview />;
}

function Overview(): JSX.Element {
  useTitle(t("home.title"));
  const figures = useLoaded(figuresNow);
  useEffect(() => onBugs(figures.reload), []);
  if (figures.isFailed && figures.value === null) return <Failed onRetry={figures.reload} />;
  const found = figures.value;
  return (
    <div class="page home" aria-busy={found === null}>
      <div class="home-head">
        <h1>{t("home.title")}</h1>
        <EndingTokens />
      </div>
      <Tiles overview={found?.overview ?? null} />
      <div class="home-charts">
        <Trend days={found?.days ?? null} />
        <SeverityChart counts={found?.bySeverity ?? null} />
      </div>
      <Recent bugs={found?.recent ?? null} />
      <ProjectList projects={projects.value} />
    </div>
  );
}

/** What runs by one of them would stop one night, and nobody be there. */
function EndingTokens(): JSX.Element | null {
  const tokens = useFollowed(useLoaded(() => call("GET /auth/tokens")), "token.");
  const count = (tokens.value ?? []).filter(({ expiresAt }) => expiryOf(expiresAt, now.value) === "soon").length;
  if (count === 0) return null;
  return (
    <a class="tag warn" href={accountPath("tokens")}>
      <Icon name="clock" />
      {t("home.tokens_end", { count })}
    </a>
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
