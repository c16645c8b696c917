// What is told once, to be copied.
import type { JSX } from "preact";
import { CopyButton } from "./copy.tsx";

export function SecretCode({ code, label, isPrimary = false }: { readonly code: string; readonly label: string; readonly isPrimary?: boolean }): JSX.Element {
  return (
    <div class={isPrimary ? "secret is-secret" : "secret"}>
      <pre class="copy-box" tabIndex={0}>
        <code class="whole">{code}</code>
      </pre>
      <CopyButton text={code} label={label} isPrimary={isPrimary} />
    </div>
  );
}
