// Why two bugs are thought to tell of the same.
import type { SimilarItem } from "../../api/types.ts";
import { t } from "../../words/words.ts";

export function reasonsOf({ similarityScore, sharedWords, isSamePage, haveErrors }: SimilarItem): readonly string[] {
  return [
    t("bug.alike", { percent: Math.round(similarityScore * 100) }),
    ...(sharedWords.length > 0 ? [t("bug.alike_words", { words: sharedWords.join(", ") })] : []),
    ...(isSamePage ? [t("bug.alike_page")] : []),
    ...(haveErrors ? [t("bug.alike_error")] : []),
  ];
}
