/** Puts observers around methods of the page, and takes them away again. */

/** `call` does what the page asked for; what this answers or throws, the page gets. */
export type Around = (call: () => unknown, args: readonly unknown[], self: unknown) => unknown;

/** Proxies, so that `length`, `name`, `toString()` and what the page put on a method are the method's own. */
export class Patches {
  readonly #restores: (() => void)[] = [];
  #isOn = true;

  /** Nothing happens where the method is missing or can not be replaced. */
  wrap(object: object, name: string, around: Around): void {
    const owner = ownerOf(object, name);
    const found = owner && Reflect.getOwnPropertyDescriptor(owner, name);
    const original: unknown = found?.value;
    if (!owner || !found || typeof original !== "function") return;
    const proxy = this.#proxy(original, around);
    if (!Reflect.defineProperty(owner, name, { ...found, value: proxy })) return;
    this.#restores.push(() => {
      // What somebody laid over ours stays; ours below it then only hands on.
      if (Reflect.getOwnPropertyDescriptor(owner, name)?.value === proxy) Reflect.defineProperty(owner, name, found);
    });
  }

  /** The last first, as they were laid one over another. */
  restore(): void {
    this.#isOn = false;
    while (this.#restores.length > 0) this.#restores.pop()?.();
  }

  #proxy(original: Function, around: Around): Function {
    return new Proxy(original, {
      apply: (target, self: unknown, args: unknown[]) => {
        const call = () => Reflect.apply(target, self, args) as unknown;
        return this.#isOn ? around(call, args, self) : call();
      },
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        return key === "toString" && typeof value === "function" ? value.bind(target) : value;
      },
    });
  }
}

/** What we note must never be felt by the page. */
export function quietly(note: () => void): void {
  try {
    note();
  } catch {
    // An object of the page that can not be looked at; nobody can do anything about it.
  }
}

function ownerOf(object: object, name: string): object | null {
  let owner: object | null = object;
  while (owner && !Object.hasOwn(owner, name)) owner = Reflect.getPrototypeOf(owner);
  return owner;
}
