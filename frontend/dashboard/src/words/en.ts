// English, by area: a word is added to an area's file here, and to its twin in de/.
import { account } from "./en/account.ts";
import { bug } from "./en/bug.ts";
import { events } from "./en/events.ts";
import { frame } from "./en/frame.ts";
import { home } from "./en/home.ts";
import { list } from "./en/list.ts";
import { organization } from "./en/organization.ts";
import { project } from "./en/project.ts";
import { settings } from "./en/settings.ts";
import { tokens } from "./en/tokens.ts";
import { triage } from "./en/triage.ts";

export const en = {
  ...account,
  ...bug,
  ...events,
  ...frame,
  ...home,
  ...list,
  ...organization,
  ...project,
  ...settings,
  ...tokens,
  ...triage,
} as const;
