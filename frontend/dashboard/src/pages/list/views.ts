// The views that every project has; a saved one is a query with a name, too.
import type { Key } from "../../words/words.ts";

export interface View {
  readonly word: Key;
  readonly query: string;
}

export const DEFAULT_QUERY = "is:open";
export const VIEWS: readonly View[] = [
  { word: "list.view_open", query: DEFAULT_QUERY },
  { word: "list.view_untriaged", query: "is:open status:new" },
  { word: "list.view_mine", query: "is:open assignee:me" },
  { word: "list.view_critical", query: "is:open severity:critical" },
  { word: "list.view_stale", query: "is:open updated:<30d" },
];
