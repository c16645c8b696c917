// Addresses as short as the page lets them be: what is the same in all of them only hides what is not.
/** Without the page's own origin; of another one, without the scheme. */
export function shortUrl(url: string, page: string | null): string {
  const origin = originOf(page);
  return origin !== null && url.startsWith(`${origin}/`) ? url.slice(origin.length) : url.replace(/^https?:\/\//i, "");
}

/** The same for each address in a line of a stack. */
export function shortPlace(line: string, page: string | null): string {
  const origin = originOf(page);
  return origin === null ? line : line.replaceAll(`${origin}/`, "/");
}

function originOf(page: string | null): string | null {
  if (page === null || !URL.canParse(page)) return null;
  const { origin } = new URL(page);
  return origin === "null" ? null : origin;
}
