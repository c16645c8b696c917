/** The server writes its links with its public address; whoever came by another one may load only from that. */
export function sameOrigin(link: string): string;
export function sameOrigin(link: string | null): string | null;
export function sameOrigin(link: string | null): string | null {
  if (link === null) return null;
  const { pathname, search } = new URL(link, location.href);
  return pathname + search;
}
