// Tokens of the project: secrets that belong to nobody in particular, for CI, bots and agents.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { CreatedCamelTokenItem, ProjectItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { Empty } from "../../shell/states.tsx";
import { Minted } from "../../tokens/minted.tsx";
import { TokenList } from "../../tokens/token_list.tsx";
import { useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { SettingsPage } from "./frame.tsx";
import { NewProjectToken } from "./new_project_token.tsx";

export function ProjectTokens({ params }: PageProps): JSX.Element {
  return (
    <SettingsPage params={params} part="tokens">
      {(project) => <Tokens project={project} />}
    </SettingsPage>
  );
}

interface Shown {
  readonly token: CreatedCamelTokenItem;
  readonly isRotated: boolean;
}

function Tokens({ project }: { readonly project: ProjectItem }): JSX.Element {
  const project_id = project.id;
  const tokens = useFollowed(useLoaded(() => call("GET /projects/{project_id}/tokens", { path: { project_id } })), "token.");
  const [isNew, setNew] = useState(false);
  const [shown, show] = useState<Shown | null>(null);
  if (shown !== null) {
    const done = (): void => {
      show(null);
      tokens.reload();
    };
    return <Minted {...shown} onDone={done} />;
  }
  const button = (
    <button type="button" class="button small primary" onClick={() => setNew(true)}>
      {t("tokens.new")}
    </button>
  );
  return (
    <Section title={t("settings.tokens")} hint={t("project_token.lead")} action={button}>
      <WhenLoaded of={tokens}>
        {(found) =>
          found.length === 0 ? (
            <Empty icon="key" title={t("tokens.none")} text={t("project_token.none_text")} />
          ) : (
            <TokenList
              found={found}
              tokens={tokens}
              onRevoke={(token_id) => call("DELETE /projects/{project_id}/tokens/{token_id}", { path: { project_id, token_id } })}
              onRotate={(token_id, grace_seconds) => call("POST /projects/{project_id}/tokens/{token_id}/rotate", { path: { project_id, token_id }, body: { grace_seconds } })}
              onRotated={(token) => show({ token, isRotated: true })}
            />
          )
        }
      </WhenLoaded>
      {isNew && (
        <NewProjectToken
          project={project}
          onMinted={(token) => {
            setNew(false);
            show({ token, isRotated: false });
          }}
          onClose={() => setNew(false)}
        />
      )}
    </Section>
  );
}
