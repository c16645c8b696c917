// Lists that are read a page at a time, the newest first.
export interface Paged<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** The newest page read again: what was shown of older ones stays behind it, unless there is a gap between. */
export function renewed<Item extends { readonly id: string }>(shown: Paged<Item> | null, newest: Paged<Item>): Paged<Item> {
  const last = newest.items.at(-1);
  const at = shown?.items.findIndex(({ id }) => id === last?.id) ?? -1;
  if (shown === null || at < 0) return newest;
  return { items: [...newest.items, ...shown.items.slice(at + 1)], nextCursor: shown.nextCursor };
}

export function extended<Item>(shown: Paged<Item>, older: Paged<Item>): Paged<Item> {
  return { items: [...shown.items, ...older.items], nextCursor: older.nextCursor };
}
