// Why two bugs are thought to tell of the same.
import type { SimilarItem } from "../../api/types.ts";
import { folded } from "../../query/folding.ts";
import type { Bug } from "../../store/bug.ts";
import { t } from "../../words/words.ts";

const MOST_WORDS = 3;
const SHORTEST_WORD = 3;

export function reasonsOf(bug: Pick<Bug, "title" | "page" | "hasError">, other: Pick<SimilarItem, "title" | "similarityScore">, known: Pick<Bug, "page" | "hasError"> | undefined): readonly string[] {
  const words = sharedWords(bug.title, other.title);
  return [
    t("bug.alike", { percent: Math.round(other.similarityScore * 100) }),
    ...(words.length > 0 ? [t("bug.alike_words", { words: words.join(", ") })] : []),
    ...(bug.page !== null && bug.page === known?.page ? [t("bug.alike_page")] : []),
    ...(bug.hasError && known?.hasError === true ? [t("bug.alike_error")] : []),
  ];
}

/** The longest first: they tell the most. */
export function sharedWords(one: string, other: string): readonly string[] {
  const theirs = new Set(wordsOf(other));
  const shared = [...new Set(wordsOf(one))].filter((word) => theirs.has(word));
  return shared.sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
}

function wordsOf(text: string): readonly string[] {
  return folded(text).match(/[\p{L}\p{N}]+/gu)?.filter((word) => word.length >= SHORTEST_WORD) ?? [];
}
