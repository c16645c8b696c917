// Ctrl or Cmd K: any bug by its number or title, any action on what is selected, any project.
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Shortcut, shortcutsNow, useShortcuts } from "../keys/keys.ts";
import { ACCOUNT, bugPath, projectPath } from "../routing/paths.ts";
import { go, path } from "../routing/router.ts";
import { folded } from "../query/folding.ts";
import { type Bug, SEVERITIES, STATUSES } from "../store/bug.ts";
import { allBugs } from "../store/bugs.ts";
import { may } from "../store/rights.ts";
import { projects } from "../store/workspace.ts";
import { bugOption, numbered } from "../triage/bug_option.tsx";
import { meantNow, nameOf, setSeverity, setStatus } from "../triage/verbs.ts";
import { Icon } from "../ui/icon.tsx";
import { type Option, Picker } from "../ui/picker.tsx";
import { SeverityIcon, severityWord, StatusIcon, statusWord } from "../ui/states.tsx";
import { t } from "../words/words.ts";

/** What is chosen is done when the palette is closed. */
interface Command extends Option {
  readonly run: () => void;
}

export const isPaletteOpen = signal(false);
const MOST_BUGS = 50;

export function Palette(): JSX.Element | null {
  useShortcuts([{ key: "Mod+k", word: "palette.title", group: "keys.everywhere", run: () => (isPaletteOpen.value = true) }]);
  return isPaletteOpen.value ? <Commands /> : null;
}

function Commands(): JSX.Element {
  const [text, setText] = useState("");
  const commands = [...bugs(text), ...onMeant(), ...fromKeys(), ...toProjects(), ...toPages()];
  const close = (): void => {
    isPaletteOpen.value = false;
  };
  const pick = (id: string): void => {
    close();
    (commands.find((command) => command.id === id) ?? elsewhere(text))?.run();
  };
  return <Picker title={t("palette.label")} options={commands} other={elsewhere} onText={setText} onPick={pick} onClose={close} />;
}

/** Those in memory, the one that is named by its number first. */
function bugs(text: string): readonly Command[] {
  const words = folded(text).split(/\s+/).map((word) => word.replace(/^#/, "")).filter((word) => word !== "");
  if (words.length === 0) return [];
  const wanted = numbered(text, hereCode());
  const found = [...allBugs()].filter((bug) => words.every((word) => bug.words.includes(word)));
  const rank = (bug: Bug): number => (bug.trackingId === wanted ? 0 : 1);
  found.sort((one, other) => rank(one) - rank(other) || other.createdAt - one.createdAt);
  return found.slice(0, MOST_BUGS).map((bug) => ({ ...bugOption(bug, bug.id), run: () => openBug(bug) }));
}

/** A bug that is not in memory, or a search for what was typed. */
function elsewhere(text: string): Command | null {
  const wanted = numbered(text, hereCode());
  if (wanted === null) return searched(text);
  if ([...allBugs()].some((bug) => bug.trackingId === wanted)) return null;
  return { id: "number", text: t("palette.open_bug", { code: wanted }), icon: <Icon name="arrow" />, run: () => openNumber(wanted) };
}

function searched(text: string): Command | null {
  const here = projectHere();
  if (here === undefined || text.trim() === "") return null;
  const href = `${projectPath(here)}?q=${encodeURIComponent(text.trim())}`;
  return { id: "search", text: t("palette.search", { text: text.trim(), name: here.name }), icon: <Icon name="search" />, run: () => go(href) };
}

/** Without a second question. */
function onMeant(): readonly Command[] {
  const meant = meantNow();
  if (meant.length === 0) return [];
  const what = nameOf(meant);
  const statuses = STATUSES.map((status) => ({ id: `status:${status}`, text: t("triage.said_status", { what: t("triage.status"), value: statusWord(status) }), hint: what, icon: <StatusIcon status={status} />, run: () => setStatus(meant, status) }));
  const severities = SEVERITIES.map((severity) => ({ id: `severity:${severity}`, text: t("triage.said_status", { what: t("triage.severity"), value: severityWord(severity) }), hint: what, icon: <SeverityIcon severity={severity} />, run: () => setSeverity(meant, severity) }));
  return meant.every(({ projectId }) => may("reports:write", projectId)) ? [...verbs(what), ...statuses, ...severities] : verbs(what);
}

function verbs(what: string): readonly Command[] {
  return shortcutsNow().filter(({ group }) => group === "triage.keys").map((shortcut) => ({ ...command(shortcut), hint: `${what} · ${shortcut.key.slice(0, 3)}` }));
}

/** What else the page can do, but for moving about in it. */
function fromKeys(): readonly Command[] {
  return shortcutsNow().filter(({ group, key }) => group !== "triage.keys" && key.length === 1 && !/[jkxJK/]/.test(key)).map((shortcut) => ({ ...command(shortcut), hint: shortcut.key }));
}

function command({ key, word, run }: Shortcut): Command {
  return { id: `key:${key}`, text: t(word), icon: <Icon name="arrow" />, run: () => run(new KeyboardEvent("keydown", { key })) };
}

function toProjects(): readonly Command[] {
  return projects.value.map((project) => ({ id: project.id, text: project.name, hint: project.code, icon: <Icon name="folder" />, run: () => go(projectPath(project)) }));
}

function toPages(): readonly Command[] {
  return [{ id: ACCOUNT, text: t("person.account"), icon: <Icon name="user" />, run: () => go(ACCOUNT) }];
}

function openBug(bug: Bug): void {
  const project = projects.value.find(({ id }) => id === bug.projectId);
  if (project !== undefined) go(bugPath(project, bug.number));
}

/** Its project is known by its code; where two organizations have it, the server knows which is meant. */
function openNumber(wanted: string): void {
  const at = wanted.lastIndexOf("-");
  const [code, number] = [wanted.slice(0, at), Number(wanted.slice(at + 1))];
  const here = projectHere();
  const named = here?.code === code ? [here] : projects.value.filter((project) => project.code === code);
  const [only] = named;
  if (named.length === 1 && only !== undefined) go(bugPath(only, number));
  else location.assign(`/b/${wanted}`);
}

function hereCode(): string | null {
  return projectHere()?.code ?? null;
}

function projectHere(): (typeof projects.value)[number] | undefined {
  const at = `${path.value.replace(/\/$/, "")}/`;
  return projects.value.find((project) => at.startsWith(`${projectPath(project)}/`));
}
