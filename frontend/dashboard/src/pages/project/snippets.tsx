// How a site takes in the widget: a framework is chosen, and its snippet is copied.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { ProjectItem, SnippetItem, SnippetList } from "../../api/types.ts";
import { CopyButton } from "../../ui/copy.tsx";
import { useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { t } from "../../words/words.ts";

export function Snippets({ project }: { readonly project: ProjectItem }): JSX.Element {
  const list = useLoaded(() => call("GET /projects/{project_id}/snippets", { path: { project_id: project.id } }), [project.id]);
  return (
    <WhenLoaded of={list} rows={2}>
      {(found) => <Chosen list={found} />}
    </WhenLoaded>
  );
}

function Chosen({ list }: { readonly list: SnippetList }): JSX.Element {
  const [framework, setFramework] = useState(0);
  const snippet = list.snippets[framework];
  return (
    <>
      <Frameworks list={list} chosen={framework} onChoose={setFramework} />
      {snippet !== undefined && <Snippet snippet={snippet} />}
    </>
  );
}

function Frameworks({ list, chosen, onChoose }: { readonly list: SnippetList; readonly chosen: number; readonly onChoose: (at: number) => void }): JSX.Element {
  return (
    <div class="frameworks" role="group" aria-label={t("waiting.frameworks")}>
      {list.snippets.map((each, at) => (
        <button key={each.framework} type="button" class="framework" aria-pressed={at === chosen} onClick={() => onChoose(at)}>
          {each.title}
        </button>
      ))}
    </div>
  );
}

function Snippet({ snippet }: { readonly snippet: SnippetItem }): JSX.Element {
  return (
    <>
      {snippet.install !== null && <CodeToCopy code={snippet.install} label={t("install.shell")} head={<span class="muted">{t("install.shell")}</span>} />}
      <CodeToCopy code={snippet.code} label={snippet.title} head={<span class="muted">{snippet.where}</span>} isWrapped={!snippet.code.trim().includes("\n")} />
    </>
  );
}

interface CodeProps {
  readonly code: string;
  readonly label: string;
  readonly head: JSX.Element;
  /** Long lines are broken, not scrolled. */
  readonly isWrapped?: boolean;
}

export function CodeToCopy({ code, label, head, isWrapped = false }: CodeProps): JSX.Element {
  return (
    <figure class="snippet">
      <figcaption class="snippet-head">
        {head}
        <CopyButton text={code} label={t("waiting.copy_button")} />
      </figcaption>
      <pre class={isWrapped ? "copy-box" : "copy-box scroll"} tabIndex={0} aria-label={label}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}
