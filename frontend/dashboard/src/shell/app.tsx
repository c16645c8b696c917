// The frame of every page, and which page stands in it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Load, type Page, type Route, routes } from "../routing/pages.ts";
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
      loadEarly();
      return <Skeleton />;
    case "failed":
      return <Failed onRetry={() => void loadWorkspace()} />;
    case "ready":
      return <Routed />;
  }
}

/** The page's own file can come meanwhile. */
function loadEarly(): void {
  const route = routeOf(path.value)?.route;
  if (route !== undefined && "load" in route) void route.load();
}

function Routed(): JSX.Element {
  const found = routeOf(path.value);
  useEffect(focusContent, [moves.value]);
  if (found === null) return <Missing />;
  const { route, params } = found;
  if ("load" in route) return <Later key={route.pattern} load={route.load} params={params} />;
  const { page: PageNow } = route;
  return <PageNow key={path.value} params={params} />;
}

function Later({ load, params }: { readonly load: Load; readonly params: Params }): JSX.Element {
  const [page, setPage] = useState<Page | "failed" | null>(null);
  useEffect(() => {
    const loaded = ({ default: found }: { readonly default: Page }): void => setPage(() => found);
    // A file that is gone belongs to an older version of the page.
    load().then(loaded, () => setPage("failed"));
  }, []);
  if (page === "failed") return <Failed onRetry={() => location.reload()} />;
  if (page === null) return <Skeleton />;
  const PageNow = page;
  return <PageNow key={path.value} params={params} />;
}

function routeOf(at: string): { readonly route: Route; readonly params: Params } | null {
  for (const route of routes) {
    const params = match(route.pattern, at);
    if (params !== null) return { route, params };
  }
  return null;
}

/** As after a page load: the next Tab starts in the content, and a screen reader reads from there. */
function focusContent(): void {
  if (moves.value > 0) document.getElementById("content")?.focus({ preventScroll: true });
}
