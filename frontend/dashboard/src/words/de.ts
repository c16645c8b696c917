// German, by area, with exactly the words of en.ts.
import { frame } from "./de/frame.ts";
import { list } from "./de/list.ts";
import { project } from "./de/project.ts";
import { triage } from "./de/triage.ts";
import type { Catalogue } from "./words.ts";

export const de: Catalogue = { ...frame, ...list, ...project, ...triage };
