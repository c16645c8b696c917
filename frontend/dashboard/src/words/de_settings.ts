// German, with exactly the words of en_settings.ts.
import { account } from "./de/account.ts";
import { events } from "./de/events.ts";
import { organization } from "./de/organization.ts";
import { settings } from "./de/settings.ts";
import { tokens } from "./de/tokens.ts";
import type { SettingsCatalogue } from "./words.ts";

export const de: SettingsCatalogue = {
  ...account,
  ...events,
  ...organization,
  ...settings,
  ...tokens,
};
