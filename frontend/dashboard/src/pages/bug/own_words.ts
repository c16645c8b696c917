// A ticket's description repeats its three parts, which are shown and edited by themselves.
import type { ReportDetail } from "../../api/types.ts";
import type { Texts } from "./saving.ts";

export type Step = "given" | "when" | "then";
export const STEPS: readonly Step[] = ["given", "when", "then"];
const WORDS: Readonly<Record<Step, string>> = { given: "Given", when: "When", then: "Then" };

export type Words = Pick<ReportDetail, Step> & { readonly text: string };

export function wordsOf(texts: Texts): Words {
  return { given: texts.given, when: texts.when, then: texts.then, text: ownDescription(texts) };
}

/** What has to be sent to make of `texts` what was written. */
export function changesOf(texts: Texts, written: Words): Partial<Texts> {
  const was = wordsOf(texts);
  const steps = Object.fromEntries(STEPS.filter((step) => written[step] !== was[step]).map((step) => [step, written[step]]));
  if (written.text === was.text) return steps;
  return { ...steps, [isComposed(texts) ? "notes" : "description"]: written.text };
}

export function ownDescription(texts: Texts): string {
  return isComposed(texts) ? texts.description.slice(composed(texts).length).trim() : texts.description;
}

function isComposed(texts: Texts): boolean {
  return composed(texts) !== "" && texts.description.startsWith(composed(texts));
}

function composed(texts: Texts): string {
  return STEPS.filter((step) => texts[step] !== "").map((step) => `${WORDS[step]} ${texts[step]}`).join("\n");
}
