// A project is named, and leads on to where its reports arrive.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import { Refusal } from "../../api/problem.ts";
import { projectPath } from "../../routing/paths.ts";
import { go } from "../../routing/router.ts";
import { useTitle } from "../../shell/title.ts";
import { creatableIn } from "../../store/rights.ts";
import { loadProjects, projects } from "../../store/workspace.ts";
import { Field } from "../../ui/field.tsx";
import { t } from "../../words/words.ts";

export default function NewProject(): JSX.Element {
  const title = t(projects.value.length === 0 ? "project.first" : "project.new");
  useTitle(title);
  return (
    <div class="page narrow">
      <h1>{title}</h1>
      <p class="lead">{t("project.lead")}</p>
      <ProjectForm />
    </div>
  );
}

function ProjectForm(): JSX.Element {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSending, setSending] = useState(false);
  const create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const data = new FormData(form);
    const told = (name: string): string => String(data.get(name) ?? "").trim();
    setSending(true);
    try {
      const body = { name: told("name"), domain: told("domain"), organization_id: told("organization") || (creatableIn.value[0]?.id ?? null) };
      const project = await call("POST /projects", { body });
      await loadProjects();
      go(projectPath(project));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setRefusal(error);
      setSending(false);
    }
  };
  return (
    <form class="stack" onSubmit={create} noValidate>
      <Field name="name" label={t("project.name")} placeholder={t("project.name_example")} refusal={refusal} isFirst />
      <Field name="domain" label={t("project.domain")} hint={t("project.domain_hint")} placeholder="shop.example.com" refusal={refusal} isOptional />
      {creatableIn.value.length > 1 && <OrganizationField />}
      <p>
        <button type="submit" class="button primary" disabled={isSending}>
          {t("project.create")}
        </button>
      </p>
    </form>
  );
}

function OrganizationField(): JSX.Element {
  return (
    <div class="field">
      <label for="organization">{t("project.organization")}</label>
      <select id="organization" name="organization">
        {creatableIn.value.map((organization) => (
          <option key={organization.id} value={organization.id}>
            {organization.name}
          </option>
        ))}
      </select>
    </div>
  );
}
