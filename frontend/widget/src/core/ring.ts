/** The last entries, up to a count and a number of bytes: memory stays bounded whatever a page does. */
export class Ring<T> {
  readonly #entries: T[] = [];
  #bytes = 0;

  constructor(
    private readonly most: number,
    private readonly mostBytes: number,
    private readonly bytesOf: (entry: T) => number,
  ) {}

  get last(): T | undefined {
    return this.#entries.at(-1);
  }

  push(entry: T): void {
    this.#entries.push(entry);
    this.#bytes += this.bytesOf(entry);
    while (this.#entries.length > this.most || this.#bytes > this.mostBytes) this.#drop();
  }

  /** For what goes on; the newest is there as long as anything is. */
  replaceLast(entry: T): void {
    const last = this.#entries.pop();
    if (last !== undefined) this.#bytes -= this.bytesOf(last);
    this.push(entry);
  }

  entries(): readonly T[] {
    return [...this.#entries];
  }

  #drop(): void {
    const oldest = this.#entries.shift();
    if (oldest !== undefined) this.#bytes -= this.bytesOf(oldest);
  }
}
