// What only settings say, in English: loaded with them.
import { account } from "./en/account.ts";
import { events } from "./en/events.ts";
import { organization } from "./en/organization.ts";
import { settings } from "./en/settings.ts";
import { tokens } from "./en/tokens.ts";

export const en = {
  ...account,
  ...events,
  ...organization,
  ...settings,
  ...tokens,
} as const;
