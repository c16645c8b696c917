// Which bugs a query finds: those in memory at once, and what only the server knows as soon as it answers.
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { call } from "../../api/client.ts";
import type { ProjectItem, ReportPage } from "../../api/types.ts";
import { parse } from "../../query/language.ts";
import { comparerOf, isAnsweredHere, isOfOpen, testOf, withoutBeginning } from "../../query/meaning.ts";
import { Mistake, type Query } from "../../query/values.ts";
import { type Bug, bugOf } from "../../store/bug.ts";
import { bugWithId, matching, putBugs, revision } from "../../store/bugs.ts";
import { onLive } from "../../store/live.ts";
import { membersOf } from "../../store/members.ts";
import { copyOf } from "../../store/sync.ts";
import { me } from "../../store/workspace.ts";
import { now } from "../../ui/moment.tsx";

const PAGE = 100;
const PAUSE_MILLISECONDS = 180;

/** What the server found, as far as it was asked. */
interface Remote {
  readonly text: string;
  readonly ids: readonly string[];
  readonly total: number;
  readonly isCapped: boolean;
  readonly cursor: string | null;
}

export interface Finding {
  readonly mistake: ReadonlySignal<Mistake | null>;
  readonly bugs: ReadonlySignal<readonly Bug[]>;
  /** How many there are, as far as that is known. */
  readonly total: ReadonlySignal<{ readonly count: number; readonly isCapped: boolean }>;
  readonly isAsking: ReadonlySignal<boolean>;
  readonly hasMore: ReadonlySignal<boolean>;
  readonly hasFailed: ReadonlySignal<boolean>;
  more(): void;
  retry(): void;
  end(): void;
}

interface Read {
  readonly query: Query;
  readonly mistake: Mistake | null;
}

export function find(project: ProjectItem, text: ReadonlySignal<string>): Finding {
  const copy = copyOf(project.id);
  const remote = signal<Remote | null>(null);
  const asking = signal(0);
  const hasFailed = signal(false);
  let last: Query = { parts: [] };
  const read = computed<Read>(() => {
    try {
      last = parse(text.value);
      return { query: last, mistake: null };
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      return { query: last, mistake: error };
    }
  });
  const isLarge = computed(() => copy.state.value === "large");
  const isHere = computed(() => !isLarge.value && isAnsweredHere(read.value.query));
  const comparer = computed(() => comparerOf(read.value.query));
  // In order once for all filters of it: a keystroke only leaves out.
  const ordered = computed(() => {
    void revision.value;
    return isLarge.value ? [] : matching(project.id, () => true).sort(comparer.value);
  });
  const asker = (): Parameters<typeof testOf>[1] => ({ me: me.value?.id ?? null, now: now.value, people: membersOf(project.id), isTyping: true });
  const local = computed(() => {
    const { query } = read.value;
    if (!isOfOpen(query)) return [];
    const found = ordered.value.filter(testOf(query, asker()));
    // While a qualifier is being written, the list does not go blank.
    const before = found.length === 0 ? withoutBeginning(query) : null;
    return before === null ? found : ordered.value.filter(testOf(before, asker()));
  });
  const bugs = computed(() => {
    const { query } = read.value;
    if (isHere.value) return local.value;
    const found = together(local.value, told(remote.value, decided(query), asker()));
    return found.length > local.value.length && local.value.length > 0 ? [...found].sort(comparer.value) : found;
  });

  let pending: AbortController | undefined;
  const request = async (wanted: string, cursor: string | null): Promise<void> => {
    pending?.abort();
    const { signal: aborted } = (pending = new AbortController());
    asking.value++;
    try {
      const query = { project_id: project.id, q: wanted, page_size: PAGE, ...(cursor === null ? {} : { cursor }) };
      const page = await call("GET /reports", { query, signal: aborted });
      const before = cursor === null ? [] : (remote.value?.ids ?? []);
      remote.value = remoteOf(wanted, before, page);
      hasFailed.value = false;
    } catch (error) {
      if (!aborted.aborted) hasFailed.value = true;
      else if (!(error instanceof DOMException)) throw error;
    } finally {
      asking.value--;
    }
  };
  const ends = [
    effect(() => {
      const wanted = text.value.trim();
      if (isHere.value || read.value.mistake !== null || copy.state.value === "loading") return undefined;
      const timer = setTimeout(() => void request(wanted, null), remote.peek() === null ? 0 : PAUSE_MILLISECONDS);
      return () => clearTimeout(timer);
    }),
    onLive((event) => {
      if (event.projectId === project.id && !isHere.peek() && remote.peek() !== null) void request(text.peek().trim(), null);
    }),
  ];
  return {
    mistake: computed(() => read.value.mistake),
    bugs,
    total: computed(() => totalOf(isHere.value, bugs.value.length, remote.value)),
    isAsking: computed(() => asking.value > 0 || (!isHere.value && remote.value?.text !== text.value.trim())),
    hasMore: computed(() => !isHere.value && remote.value?.cursor != null),
    hasFailed,
    more: () => {
      const cursor = remote.value?.cursor ?? null;
      if (cursor !== null && asking.value === 0) void request(text.value.trim(), cursor);
    },
    retry: () => void request(text.value.trim(), null),
    end: () => {
      pending?.abort();
      for (const each of ends) each();
    },
  };
}

/** What is asked of the server's answer again, when a row changes: all but what only it knows. */
function decided({ parts }: Query): Query {
  return { parts: parts.filter((part) => part.kind === "qualifier" && part.name !== "has" && part.name !== "page" && part.name !== "browser" && part.name !== "os") };
}

function told(remote: Remote | null, query: Query, asker: Parameters<typeof testOf>[1]): readonly Bug[] {
  void revision.value;
  const test = testOf(query, asker);
  return (remote?.ids ?? []).map(bugWithId).filter((bug) => bug !== undefined && test(bug)) as readonly Bug[];
}

function together(local: readonly Bug[], others: readonly Bug[]): readonly Bug[] {
  if (local.length === 0) return others;
  const known = new Set(local.map((bug) => bug.id));
  return [...local, ...others.filter((bug) => !known.has(bug.id))];
}

function remoteOf(text: string, before: readonly string[], page: ReportPage): Remote {
  putBugs(page.items.map((item) => bugOf(item, bugWithId(item.id))));
  const ids = [...before, ...page.items.map((item) => item.id)];
  return { text, ids, total: page.total, isCapped: page.totalCapped ?? false, cursor: page.nextCursor ?? null };
}

function totalOf(isHere: boolean, shown: number, remote: Remote | null): { readonly count: number; readonly isCapped: boolean } {
  if (isHere || remote === null) return { count: shown, isCapped: false };
  return { count: Math.max(shown, remote.cursor === null ? shown : remote.total), isCapped: remote.isCapped };
}
