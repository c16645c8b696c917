// The frame of every page, and which page stands in it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Page, routes } from "../routing/pages.ts";
import { match, type Params } from "../routing/match.ts";
import { moves, path } from "../routing/router.ts";
import { loadWorkspace, workspaceState } from "../store/workspace.ts";
import { Question } from "../triage/question.tsx";
import { t } from "../words/words.ts";
import { Frame } from "./frame.tsx";
import { GlobalKeys } from "./global_keys.tsx";
import { Missing } from "./missing.tsx";
import { Palette } from "./palette.tsx";
import { Proof } from "./proof.tsx";
import { Failed, Skeleton } from "./states.tsx";
import { Toasts } from "./toasts.tsx";

export function App(): JSX.Element {
  return (
    <>
      <a class="skip" href="#content">
        {t("frame.skip")}
      </a>
      <Frame>
        <Content />
      </Frame>
      <Question />
      <Toasts />
      <Proof />
      <GlobalKeys />
      <Palette />
    </>
  );
}

function Content(): JSX.Element {
  switch (workspaceState.value) {
    case "loading":
      // The page's own file can come meanwhile.
      void routeOf(path.value)?.load();
      return <Skeleton />;
    case "failed":
      return <Failed onRetry={() => void loadWorkspace()} />;
    case "ready":
      return <Routed />;
  }
}

interface Open {
  readonly page: Page;
  readonly pattern: string;
}

function Routed(): JSX.Element {
  const [open, setOpen] = useState<Open | "failed" | null>(null);
  const wanted = routeOf(path.value);
  const pattern = wanted?.pattern;
  useEffect(() => {
    if (wanted === null) return;
    let isLeft = false;
    const opened = ({ default: page }: { readonly default: Page }): void => {
      if (!isLeft) setOpen({ page, pattern: wanted.pattern });
    };
    // A file that is gone belongs to an older version of the page.
    wanted.load().then(opened, () => setOpen("failed"));
    return () => {
      isLeft = true;
    };
  }, [pattern]);
  useEffect(focusContent, [moves.value]);
  if (wanted === null) return <Missing />;
  if (open === "failed") return <Failed onRetry={() => location.reload()} />;
  if (open === null || open.pattern !== pattern) return <Skeleton />;
  const { page: PageNow } = open;
  return <PageNow key={path.value} params={wanted.params} />;
}

function routeOf(at: string): { readonly pattern: string; readonly params: Params; readonly load: (typeof routes)[number]["load"] } | null {
  for (const { pattern, load } of routes) {
    const params = match(pattern, at);
    if (params !== null) return { pattern, params, load };
  }
  return null;
}

/** As after a page load: the next Tab starts in the content, and a screen reader reads from there. */
function focusContent(): void {
  if (moves.value > 0) document.getElementById("content")?.focus({ preventScroll: true });
}
