// English, by area: a word is added to an area's file here, and to its twin in de/.
import { frame } from "./en/frame.ts";
import { list } from "./en/list.ts";
import { project } from "./en/project.ts";
import { triage } from "./en/triage.ts";

export const en = { ...frame, ...list, ...project, ...triage } as const;
