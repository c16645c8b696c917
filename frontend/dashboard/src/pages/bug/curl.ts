// A request as a line for a shell.
import type { Request } from "./evidence.ts";

/** What a page's request carried besides is not logged, so it is not in the line either. */
export function curlOf({ method, url }: Pick<Request, "method" | "url">, page: string | null): string {
  const how = method === "GET" ? "" : `-X ${quoted(method)} `;
  return `curl ${how}${quoted(absolute(url, page))}`;
}

function absolute(url: string, page: string | null): string {
  try {
    return new URL(url, page ?? undefined).href;
  } catch {
    return url;
  }
}

/** Nothing in single quotes means anything to a shell. */
function quoted(text: string): string {
  return /^[A-Za-z]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
