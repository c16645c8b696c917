/** One at a time, in all tabs of an origin: `act` is not called while another is at it, and the answer is then null. */
export type InTurn = <T>(name: string, act: () => Promise<T>) => Promise<T | null>;

/** Without Web Locks (a page that is not served over HTTPS, or a sandboxed frame) tabs do not know of each other; two may
 *  then send the same report, of which the server takes one. */
export function makeTurns(): InTurn {
  const taken = new Set<string>();
  return async (name, act) => {
    if (taken.has(name)) return null;
    taken.add(name);
    try {
      return await locked(name, act);
    } finally {
      taken.delete(name);
    }
  };
}

async function locked<T>(name: string, act: () => Promise<T>): Promise<T | null> {
  let begun = false;
  const once = (): Promise<T> => {
    begun = true;
    return act();
  };
  try {
    return await navigator.locks.request(`lacewing:${name}`, { ifAvailable: true }, (lock) => (lock ? once() : null));
  } catch (error) {
    if (begun) throw error;
    return once();
  }
}
