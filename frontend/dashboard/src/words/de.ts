// German, by area, with exactly the words of en.ts.
import { bug } from "./de/bug.ts";
import { frame } from "./de/frame.ts";
import { home } from "./de/home.ts";
import { list } from "./de/list.ts";
import { project } from "./de/project.ts";
import { triage } from "./de/triage.ts";
import type { Catalogue } from "./words.ts";

export const de: Catalogue = {
  ...bug,
  ...frame,
  ...home,
  ...list,
  ...project,
  ...triage,
};
