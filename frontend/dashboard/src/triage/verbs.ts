// What can be done to bugs with one key: the same verbs in the list, on a bug's page, on a board.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { call } from "../api/client.ts";
import { Refusal } from "../api/problem.ts";
import { type Shortcut, useShortcuts } from "../keys/keys.ts";
import { severityWord, statusWord } from "../ui/states.tsx";
import type { Bug } from "../store/bug.ts";
import { type Change, changeBugs } from "../store/changes.ts";
import { deleteBugs } from "../store/deleting.ts";
import { personName } from "../store/members.ts";
import { mergeBugs } from "../store/merging.ts";
import { say, sayRefused } from "../store/toasts.ts";
import type { Permission, Severity, Status } from "../api/types.ts";
import { may } from "../store/rights.ts";
import { loadLabels, me, projects } from "../store/workspace.ts";
import { copyText } from "../ui/copy.tsx";
import { t, type Values } from "../words/words.ts";

export type Verb = "status" | "severity" | "assignee" | "labels" | "duplicate" | "comment";

/** The question that is asked now, and of which bugs. */
export const asked = signal<{ readonly verb: Verb; readonly bugs: readonly Bug[] } | null>(null);

const subjects = signal<readonly (() => readonly Bug[])[]>([]);

/** Which bugs a verb would be about now: those that the page shows or has selected. */
export function meantNow(): readonly Bug[] {
  return subjects.value.at(-1)?.() ?? [];
}

export function ask(verb: Verb, bugs: readonly Bug[]): void {
  if (bugs.length > 0) asked.value = { verb, bugs };
}

export function setStatus(bugs: readonly Bug[], status: Status): void {
  changeBugs(bugs, { status }, said("triage.said_status", bugs, { value: statusWord(status) }));
}

export function setSeverity(bugs: readonly Bug[], severity: Severity): void {
  changeBugs(bugs, { severity }, said("triage.said_severity", bugs, { value: severityWord(severity) }));
}

export function assign(bugs: readonly Bug[], personId: string | null): void {
  const name = personId === null ? "" : (personName(personId) ?? "");
  const key = personId === null ? "triage.said_unassigned" : "triage.said_assigned";
  changeBugs(bugs, { assigneeId: personId }, said(key, bugs, { value: name }));
}

/** A new one is made in the project first. */
export async function makeLabel(bugs: readonly Bug[], name: string): Promise<void> {
  const projectId = bugs[0]?.projectId ?? "";
  try {
    await call("POST /projects/{project_id}/labels", { path: { project_id: projectId }, body: { name } });
    await loadLabels(projectId);
    toggleLabel(bugs, name);
  } catch (error) {
    sayRefused(error instanceof Refusal ? error.message : String(error));
  }
}

/** Taken from all if all have it, else given to all. */
export function toggleLabel(bugs: readonly Bug[], label: string): void {
  const haveAll = bugs.every((bug) => bug.labels.some((other) => other.toLowerCase() === label.toLowerCase()));
  const change: Change = haveAll ? { removeLabels: [label] } : { addLabels: [label] };
  changeBugs(bugs, change, said(haveAll ? "triage.said_unlabelled" : "triage.said_labelled", bugs, { value: label }));
}

export function mergeInto(bugs: readonly Bug[], into: string): void {
  mergeBugs(bugs, into, said("triage.said_duplicate", bugs, { value: into }));
}

/** For good, once it can not be taken back any more. */
export function remove(bugs: readonly Bug[]): void {
  deleteBugs(bugs, said("triage.said_deleted", bugs, {}));
}

export async function copyLinks(bugs: readonly Bug[]): Promise<void> {
  const links = bugs.map((bug) => location.origin + shortPath(bug));
  if (await copyText(links.join("\n"))) say(t("triage.said_copied", { count: bugs.length }));
}

/** With its organization where somebody sees two projects of the same code. */
function shortPath({ projectId, trackingId }: Bug): string {
  const own = projects.value.find(({ id }) => id === projectId);
  const isShared = projects.value.filter(({ code }) => code === own?.code).length > 1;
  return isShared && own !== undefined ? `/b/${own.organizationSlug}/${trackingId}` : `/b/${trackingId}`;
}

/** The keys of all verbs, for whichever of the project's bugs are meant when one is pressed. */
export function useTriageKeys(projectId: string, meant: () => readonly Bug[]): void {
  const latest = useRef(meant);
  latest.current = meant;
  useEffect(() => {
    const subject = (): readonly Bug[] => latest.current();
    subjects.value = [...subjects.value, subject];
    return () => {
      subjects.value = subjects.value.filter((other) => other !== subject);
    };
  }, []);
  const key = (name: string, word: Shortcut["word"], run: () => void, takes: Permission = "reports:write"): Shortcut => ({ key: name, word, group: "triage.keys", run, isRefused: !may(takes, projectId) });
  useShortcuts([
    key("s", "triage.status", () => ask("status", meant())),
    key("p", "triage.severity", () => ask("severity", meant())),
    key("a", "triage.assign", () => ask("assignee", meant())),
    key("i", "triage.assign_me", () => assign(meant(), me.value?.id ?? null)),
    key("l", "triage.label", () => ask("labels", meant())),
    key("d", "triage.duplicate", () => ask("duplicate", meant())),
    key("c", "triage.comment", () => ask("comment", meant()), "comments:write"),
    key("y", "triage.copy_link", () => void copyLinks(meant()), "reports:read"),
    key("Delete", "triage.delete", () => remove(meant()), "reports:delete"),
  ]);
}

type Said = "triage.said_status" | "triage.said_severity" | "triage.said_assigned" | "triage.said_unassigned" | "triage.said_labelled" | "triage.said_unlabelled" | "triage.said_duplicate" | "triage.said_deleted";

/** Their number if it is one, else how many they are. */
export function nameOf(bugs: readonly Bug[]): string {
  const [first] = bugs;
  return bugs.length === 1 && first !== undefined ? first.trackingId : t("list.count", { count: bugs.length });
}

function said(key: Said, bugs: readonly Bug[], values: Values): string {
  return t(key, { ...values, what: nameOf(bugs) });
}
