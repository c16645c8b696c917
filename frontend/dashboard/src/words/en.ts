// English, by area: a word is added to an area's file here, and to its twin in de/.
import { bug } from "./en/bug.ts";
import { frame } from "./en/frame.ts";
import { home } from "./en/home.ts";
import { list } from "./en/list.ts";
import { project } from "./en/project.ts";
import { triage } from "./en/triage.ts";

export const en = {
  ...bug,
  ...frame,
  ...home,
  ...list,
  ...project,
  ...triage,
} as const;
