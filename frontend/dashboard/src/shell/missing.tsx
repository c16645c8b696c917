import type { JSX } from "preact";
import { HOME } from "../routing/paths.ts";
import { t } from "../words/words.ts";
import { Empty } from "./states.tsx";
import { useTitle } from "./title.ts";

export function Missing(): JSX.Element {
  useTitle(t("missing.title"));
  return (
    <Empty icon="search" title={t("missing.title")} text={t("missing.text")} isPage>
      <a class="button" href={HOME}>
        {t("missing.home")}
      </a>
    </Empty>
  );
}
