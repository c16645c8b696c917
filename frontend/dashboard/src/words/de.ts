// German, by area, with exactly the words of en.ts.
import { account } from "./de/account.ts";
import { bug } from "./de/bug.ts";
import { events } from "./de/events.ts";
import { frame } from "./de/frame.ts";
import { home } from "./de/home.ts";
import { list } from "./de/list.ts";
import { organization } from "./de/organization.ts";
import { project } from "./de/project.ts";
import { settings } from "./de/settings.ts";
import { tokens } from "./de/tokens.ts";
import { triage } from "./de/triage.ts";
import type { Catalogue } from "./words.ts";

export const de: Catalogue = {
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
};
