import { parse } from "../../query/language.ts";
import { Mistake } from "../../query/values.ts";

/** The same query in another order. */
export function sorted(text: string, sort: string): string {
  const part = sort === "newest" ? "" : `sort:${sort}`;
  try {
    const old = parse(text).parts.findLast((each) => each.kind === "qualifier" && each.name === "sort");
    const rest = old === undefined ? text : text.slice(0, old.from) + text.slice(old.to);
    return [rest.trim().replace(/ {2,}/g, " "), part].filter((each) => each !== "").join(" ");
  } catch (error) {
    if (error instanceof Mistake) return text;
    throw error;
  }
}
