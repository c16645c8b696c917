// What the API does one at a time, a few at a time.
const MOST_AT_ONCE = 6;

/** Rejects as soon as one of them does. */
export async function together<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, worker));
}
