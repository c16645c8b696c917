// How long a new token lives.
import { day, now } from "../ui/moment.tsx";
import { t } from "../words/words.ts";
import { DAY } from "./expiry.ts";

export const PROPOSED_DAYS = "90";

/** In days; empty is for ever. */
export function lifetimes(): readonly (readonly [string, string])[] {
  const days = [7, 30, 90, 365].map((count) => [String(count), t("tokens.days", { count })] as const);
  return [...days, ["", t("tokens.never")]];
}

export function endOf(days: string): string {
  return days === "" ? t("tokens.never_hint") : t("tokens.ends", { day: day(now.value + Number(days) * DAY) });
}
