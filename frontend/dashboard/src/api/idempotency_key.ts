/** Another each time. A plain HTTP page of a LAN has no `randomUUID`. */
export function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
