// Where we are: the address is the only state of a page that outlives it.
import { batch, computed, signal } from "@preact/signals";

export const path = signal(location.pathname);
const search = signal(location.search);
export const query = computed(() => new URLSearchParams(search.value));

/** Counts the moves to another page, of which each moves the focus too. */
export const moves = signal(0);

export function go(href: string, { replace = false } = {}): void {
  const to = new URL(href, location.href);
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  arrive();
}

/** Sets parameters of the present page; null takes one away. */
export function setQuery(values: Readonly<Record<string, string | null>>, { replace = true } = {}): void {
  const wanted = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) wanted.delete(name);
    else wanted.set(name, value);
  }
  const text = wanted.toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%2F", "/");
  go(text === "" ? location.pathname : `${location.pathname}?${text}`, { replace });
}

export function back(otherwise: string): void {
  if (history.length > 1 && moves.value > 0) history.back();
  else go(otherwise);
}

/** Links within the app do not load the page anew. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.target !== "" || link.hasAttribute("download")) return;
  if (link.origin !== location.origin || !isOurs(link.pathname) || link.hash !== "") return;
  event.preventDefault();
  go(link.href);
}

export function listen(): void {
  addEventListener("popstate", arrive);
  document.addEventListener("click", follow);
}

function isOurs(pathname: string): boolean {
  return pathname === "/app" || pathname.startsWith("/app/");
}

function arrive(): void {
  batch(() => {
    if (path.value !== location.pathname) moves.value++;
    path.value = location.pathname;
    search.value = location.search;
  });
}
