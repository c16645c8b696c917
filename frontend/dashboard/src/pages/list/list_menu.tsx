import type { JSX } from "preact";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { t } from "../../words/words.ts";
import type { Choice } from "./choice.ts";
import { chooseDensity, COLUMNS, density, LOOKS, shownColumns, toggleColumn } from "./columns.ts";

/** Columns and density; and selecting, for whoever has neither keys nor a mouse. */
export function ListMenu({ choice }: { readonly choice: Choice }): JSX.Element {
  return (
    <Menu label={t("list.look")} button={<Icon name="columns" />}>
      <MenuItem onPick={() => choice.begin()}>{t("list.begin")}</MenuItem>
      <hr class="list-looks" />
      <p class="menu-title">{t("list.columns")}</p>
      {COLUMNS.map((column) => (
        <MenuItem key={column} kind="checkbox" isChecked={shownColumns.value.includes(column)} onPick={() => toggleColumn(column)}>
          {t(LOOKS[column].word)}
        </MenuItem>
      ))}
      <hr />
      <p class="menu-title">{t("list.density")}</p>
      <MenuItem kind="radio" isChecked={density.value === "roomy"} onPick={() => chooseDensity("roomy")}>
        {t("list.roomy")}
      </MenuItem>
      <MenuItem kind="radio" isChecked={density.value === "compact"} onPick={() => chooseDensity("compact")}>
        {t("list.compact")}
      </MenuItem>
    </Menu>
  );
}
