// Where the cursor is in a list, and what is selected: by id, so that both outlive every change of the list.
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Bug } from "../../store/bug.ts";

export class Choice {
  readonly cursor: Signal<string | null>;
  readonly selected = signal<ReadonlySet<string>>(new Set());
  /** What is selected and listed: a bug that left the list is meant again when it comes back. */
  readonly found = computed(() => (this.selected.value.size === 0 ? [] : this.#bugs.value.filter((bug) => this.selected.value.has(bug.id))));
  readonly #isWanted = signal(false);
  /** Whether a tap selects. */
  readonly isSelecting = computed(() => this.#isWanted.value || this.found.value.length > 0);
  readonly #bugs: ReadonlySignal<readonly Bug[]>;
  #at = 0;

  constructor(bugs: ReadonlySignal<readonly Bug[]>, cursor: string | null = null) {
    this.#bugs = bugs;
    this.cursor = signal(cursor);
  }

  get index(): number {
    return this.#bugs.value.findIndex((bug) => bug.id === this.cursor.value);
  }

  /** A bug that has left the list hands the cursor to the one that took its place. */
  settle(): void {
    if (this.cursor.value === null) return;
    const at = this.index;
    if (at >= 0) this.#at = at;
    else this.put(this.#bugs.value[Math.min(this.#at, this.#bugs.value.length - 1)]?.id ?? null);
  }

  put(id: string | null): void {
    this.cursor.value = id;
    if (id !== null) this.#at = Math.max(0, this.index);
  }

  move(step: number): void {
    const bugs = this.#bugs.value;
    const at = this.index;
    const to = at < 0 ? (this.cursor.value === null ? 0 : this.#at) : Math.max(0, Math.min(at + step, bugs.length - 1));
    this.put(bugs[to]?.id ?? null);
  }

  toggle(id: string | null = this.cursor.value): void {
    if (id === null) return;
    const selected = new Set(this.selected.value);
    if (!selected.delete(id)) selected.add(id);
    this.selected.value = selected;
  }

  /** Selects on the way. */
  extend(step: number): void {
    const from = this.cursor.value;
    this.move(step);
    this.#add([from, this.cursor.value]);
  }

  extendTo(id: string): void {
    const ids = this.#bugs.value.map((bug) => bug.id);
    const [from, to] = [Math.max(0, this.index), ids.indexOf(id)];
    this.#add(ids.slice(Math.min(from, to), Math.max(from, to) + 1));
    this.put(id);
  }

  selectAll(): void {
    this.#add(this.#bugs.value.map((bug) => bug.id));
  }

  /** Before anything is selected. */
  begin(): void {
    this.#isWanted.value = true;
  }

  clear(): void {
    this.#isWanted.value = false;
    this.selected.value = new Set();
  }

  /** What a verb is about: the selected, else where the cursor is. */
  meant(): readonly Bug[] {
    return this.found.value.length > 0 ? this.found.value : this.#bugs.value.filter((bug) => bug.id === this.cursor.value);
  }

  #add(ids: readonly (string | null)[]): void {
    this.selected.value = new Set([...this.selected.value, ...ids.filter((id) => id !== null)]);
  }
}
