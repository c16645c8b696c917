import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { Empty } from "../../shell/states.tsx";
import { t } from "../../words/words.ts";
import { DEFAULT_QUERY } from "./views.ts";

/** Nothing is open, or nothing fits: what can be done about it differs. */
export function NoBugs({ text }: { readonly text: Signal<string> }): JSX.Element {
  const wanted = text.value.trim();
  const isAll = wanted === DEFAULT_QUERY;
  const everywhere = wanted.replace(/(^|\s)is:open(?=\s|$)/i, "").trim();
  const ask = (query: string) => (): void => {
    text.value = query;
  };
  return (
    <Empty icon={isAll ? "check" : "search"} title={t(isAll ? "list.all_done" : "list.none")} text={t(isAll ? "list.all_done_text" : "list.none_text")}>
      {isAll ? (
        <button type="button" class="button" onClick={ask("is:closed")}>
          {t("list.show_closed")}
        </button>
      ) : (
        <button type="button" class="button primary" onClick={ask(DEFAULT_QUERY)}>
          {t("list.show_open")}
        </button>
      )}
      {!isAll && everywhere !== wanted && everywhere !== "" && (
        <button type="button" class="button" onClick={ask(everywhere)}>
          {t("list.search_all")}
        </button>
      )}
    </Empty>
  );
}
