// A list as a board has it: by status, each in the order of the list.
import type { Status } from "../../api/types.ts";
import { type Bug, STATUSES } from "../../store/bug.ts";

export type ByStatus = Readonly<Record<Status, readonly Bug[]>>;

export function byStatus(bugs: readonly Bug[]): ByStatus {
  const found: Record<Status, Bug[]> = { new: [], triaging: [], in_progress: [], resolved: [], closed: [] };
  for (const bug of bugs) found[bug.status].push(bug);
  return found;
}

/** Column after column: as the keys go. */
export function inColumns(bugs: readonly Bug[]): readonly Bug[] {
  const found = byStatus(bugs);
  return STATUSES.flatMap((status) => found[status]);
}

/** The bug beside it, as far down, in the next column that has one. */
export function beside(bugs: readonly Bug[], id: string | null, step: 1 | -1): Bug | undefined {
  const found = byStatus(bugs);
  const present = bugs.find((bug) => bug.id === id);
  if (present === undefined) return inColumns(bugs)[0];
  const row = found[present.status].indexOf(present);
  for (let at = STATUSES.indexOf(present.status) + step; ; at += step) {
    const status = STATUSES[at];
    if (status === undefined) return undefined;
    const column = found[status];
    if (column.length > 0) return column[Math.min(row, column.length - 1)];
  }
}

/** The status that stands beside it; null at the board's edge. */
export function statusBeside(status: Status, step: 1 | -1): Status | null {
  return STATUSES[STATUSES.indexOf(status) + step] ?? null;
}
