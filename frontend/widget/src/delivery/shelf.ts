/** Where reports wait: IndexedDB, which outlives the page, and memory where a browser has no room or allows none. */
import type { Kept } from "./parcels.ts";

export interface Shelf {
  /** Whether it will still be there on the next page. */
  put(kept: Kept): Promise<boolean>;
  get(id: string): Promise<Kept | undefined>;
  /** All of one server, the oldest first. */
  all(endpoint: string): Promise<readonly Kept[]>;
  remove(id: string): Promise<void>;
}

const NAME = "lacewing";
const STORE = "reports";
const LATE_MS = 5_000;

export function openShelf(): Shelf {
  const inMemory = new Map<string, Kept>();
  const stored = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    openDatabase(mode === "readwrite").then((database) => once(database, mode, act));

  return {
    async put(kept) {
      inMemory.set(kept.id, kept);
      const isStored = await inTime(stored("readwrite", (store) => store.put(kept)));
      if (isStored) inMemory.delete(kept.id);
      return isStored;
    },
    async get(id) {
      return inMemory.get(id) ?? (await stored<Kept | undefined>("readonly", (store) => store.get(id)).catch(() => undefined));
    },
    async all(endpoint) {
      const found = await stored<Kept[]>("readonly", (store) => store.getAll()).catch(() => []);
      const newest = new Map([...found, ...inMemory.values()].map((kept) => [kept.id, kept]));
      return [...newest.values()].filter((kept) => kept.endpoint === endpoint).sort((one, other) => one.keptAt - other.keptAt);
    },
    async remove(id) {
      inMemory.delete(id);
      await stored("readwrite", (store) => store.delete(id)).catch(() => undefined);
    },
  };
}

/** Whether it was done; a browser whose database never answers must not keep the reporter waiting. */
function inTime(work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), LATE_MS);
    const settled = (isDone: boolean): void => {
      clearTimeout(timer);
      resolve(isDone);
    };
    work.then(() => settled(true)).catch(() => settled(false));
  });
}

/** Opened anew each time: one that stays open keeps others from changing it, and the page from being kept for "back".
 *  Only a report makes it: who never sends one has none in the browser. */
function openDatabase(makes: boolean): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      if (makes) asked.result.createObjectStore(STORE, { keyPath: "id" });
      else asked.transaction?.abort();
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new DOMException("", "TimeoutError"));
  });
}

function once<T>(database: IDBDatabase, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const asked = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
  }).finally(() => database.close());
}
