// What each event of the stream means for what is held here.
import { allCopies, copyOf, hasCopy, sync } from "./sync.ts";
import { type LiveEvent, onLive, onSoon, OPENED } from "./live.ts";
import { loadLabels, loadMe, loadOrganizations, loadProjects, loadWorkspace } from "./workspace.ts";

/** What is shown of oneself: a log-in that somebody tries changes nothing of it. */
const OF_ONESELF = /^account\.(?!login\.|password\.|recovery_code)/;

export function follow(): void {
  onLive((event) => {
    if (event.type === OPENED) syncAll();
    else if (event.type === "reset") void readAnew();
    else if (event.type.startsWith("project.")) void loadProjects();
    else if (event.type.startsWith("label.")) void followLabels(event);
    else if (event.type.startsWith("organization.")) void loadOrganizations();
    else if (OF_ONESELF.test(event.type)) void loadMe();
    else if (event.type.startsWith("report")) followBugs(event);
  });
  onSoon((type) => type.startsWith("member."), () => void readRights());
}

async function readAnew(): Promise<void> {
  await loadWorkspace();
  syncAll();
}

/** One's own role may be another: while a stream that was cut for it comes back, only this tells of a second change. */
async function readRights(): Promise<void> {
  await Promise.all([loadOrganizations(), loadProjects()]).catch(() => undefined);
}

function syncAll(): void {
  for (const copy of allCopies()) void sync(copy.projectId);
}

async function followLabels({ projectId }: LiveEvent): Promise<void> {
  if (!hasCopy(projectId)) return;
  await Promise.all([loadLabels(projectId), sync(projectId)]);
}

function followBugs({ projectId, type }: LiveEvent): void {
  if (!hasCopy(projectId)) return;
  // What expired or was erased left no trace of its own.
  if (type === "reports.expired" || type === "reporter.erased") copyOf(projectId).cursor = null;
  void sync(projectId);
}
