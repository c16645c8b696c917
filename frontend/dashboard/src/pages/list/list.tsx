import type { JSX } from "preact";
import type { PageProps } from "../../routing/pages.ts";
import { Missing } from "../../shell/missing.tsx";
import { useTitle } from "../../shell/title.ts";
import { projectAt } from "../../store/workspace.ts";

export default function List({ params }: PageProps): JSX.Element {
  const project = projectAt(params["organization"] ?? "", params["code"] ?? "");
  useTitle(project?.name ?? "");
  if (project === undefined) return <Missing />;
  return (
    <div class="page">
      <h1>{project.name}</h1>
    </div>
  );
}
