// A report without a site: from a shell, or on the page that carries the project's widget.
import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { testPagePath } from "../../routing/paths.ts";
import { t } from "../../words/words.ts";
import { CodeToCopy } from "./snippets.tsx";

const REPORT = { title: "Button broken", severity: "high", category: "bug" };

export function TryIt({ project }: { readonly project: ProjectItem }): JSX.Element | null {
  if (project.apiKey === null) return null;
  const line = `curl -X POST ${location.origin}/api/v1/reports -H "X-API-Key: ${project.apiKey}" -H "Content-Type: application/json" -d '${JSON.stringify(REPORT)}'`;
  const head = (
    <a href={testPagePath(project)} target="_blank" rel="noopener">
      {t("waiting.test_page")}
    </a>
  );
  return <CodeToCopy code={line} label="curl" head={head} isWrapped />;
}
