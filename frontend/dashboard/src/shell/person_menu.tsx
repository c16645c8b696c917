// Oneself: account, theme, language, keys, and the way out.
import type { JSX } from "preact";
import { shownHelp } from "./global_keys.tsx";
import { ACCOUNT } from "../routing/paths.ts";
import { me } from "../store/workspace.ts";
import { chooseLanguage, chooseTheme, LANGUAGES, theme, THEMES } from "../theme/preferences.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Icon } from "../ui/icon.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { language, t } from "../words/words.ts";

export function PersonMenu(): JSX.Element | null {
  const person = me.value;
  if (person === null) return null;
  const face = (
    <>
      <Avatar name={person.name} />
      <span class="sidebar-text" dir="auto">
        {person.name}
      </span>
      <Icon name="more" />
    </>
  );
  return (
    <Menu label={t("person.menu", { name: person.name })} hasText class="sidebar-link person-button" align="start" button={face}>
      <MenuItem icon={<Icon name="user" />} href={ACCOUNT}>
        {t("person.account")}
      </MenuItem>
      <MenuItem icon={<Icon name="keyboard" />} hint="?" onPick={() => (shownHelp.value = true)}>
        {t("person.keys")}
      </MenuItem>
      <hr />
      <p class="menu-title">{t("person.theme")}</p>
      {THEMES.map((each) => (
        <MenuItem key={each} kind="radio" isChecked={theme.value === each} onPick={() => chooseTheme(each)}>
          {t(`theme.${each}`)}
        </MenuItem>
      ))}
      <hr />
      <p class="menu-title">{t("person.language")}</p>
      {LANGUAGES.map((each) => (
        <MenuItem key={each} kind="radio" isChecked={language === each} onPick={() => chooseLanguage(each)}>
          {t(`language.${each}`)}
        </MenuItem>
      ))}
      <hr />
      <MenuItem icon={<Icon name="logout" />} onPick={logOut}>
        {t("person.log_out")}
      </MenuItem>
    </Menu>
  );
}

/** As the plain pages do it: a form, answered with expired cookies and the way to the login. */
function logOut(): void {
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/logout" });
  document.body.append(form);
  form.submit();
}
