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

/** Where a bug stands on the board. */
export interface Spot {
  readonly status: Status;
  readonly row: number;
}

export function spotOf(columns: ByStatus, id: string): Spot | null {
  for (const status of STATUSES) {
    const row = columns[status].findIndex((bug) => bug.id === id);
    if (row >= 0) return { status, row };
  }
  return null;
}

/** Who stands there now, or nearest to it. */
export function heirOf(columns: ByStatus, { status, row }: Spot): Bug | undefined {
  const own = columns[status];
  if (own.length > 0) return own[Math.min(row, own.length - 1)];
  const at = STATUSES.indexOf(status);
  const nearest = STATUSES.toSorted((one, other) => Math.abs(STATUSES.indexOf(one) - at) - Math.abs(STATUSES.indexOf(other) - at));
  return columns[nearest.find((each) => columns[each].length > 0) ?? status][0];
}

/** The status that stands beside it; null at the board's edge. */
export function statusBeside(status: Status, step: 1 | -1): Status | null {
  return STATUSES[STATUSES.indexOf(status) + step] ?? null;
}
