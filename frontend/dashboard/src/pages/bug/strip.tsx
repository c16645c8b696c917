// The whole time at a glance: a line for each lane, a tick for each entry, and where the chosen one stands in all.
import type { JSX } from "preact";
import { type Lane, LANES, type Row } from "./evidence.ts";

const WIDTH = 1000;
const LANE_HEIGHT = 8;
const GAP = 4;
const HEIGHT = LANES.length * (LANE_HEIGHT + GAP) - GAP;

interface StripProps {
  readonly rows: readonly Row[];
  readonly chosen: Row | undefined;
  readonly onChoose: (row: Row) => void;
}

/** For pointers: what it tells, the list tells too. */
export function Strip({ rows, chosen, onChoose }: StripProps): JSX.Element {
  const start = rows[0]?.at ?? 0;
  const length = Math.max(1, (rows.at(-1)?.at ?? 0) - start);
  const placeOf = (row: Row): number => ((row.at - start) / length) * (WIDTH - 2);
  const press = (event: MouseEvent & { readonly currentTarget: SVGSVGElement }): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const lane = LANES[Math.floor(((event.clientY - box.top) / box.height) * LANES.length)] ?? "console";
    const found = nearest(rows, lane, x, placeOf);
    if (found !== undefined) onChoose(found);
  };
  return (
    <svg class="strip" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false" onClick={press}>
      {LANES.map((lane, at) => (
        <rect key={lane} class="strip-lane" x="0" y={topOf(at)} width={WIDTH} height={LANE_HEIGHT} />
      ))}
      {rows.map((row) => (
        <rect key={row.id} class={row.isError ? "tick tick-error" : row.isWarning ? "tick tick-warning" : "tick"} x={placeOf(row)} y={topOf(LANES.indexOf(row.lane))} width="2" height={LANE_HEIGHT} />
      ))}
      {chosen !== undefined && <rect class="strip-now" x={placeOf(chosen)} y="0" width="2" height={HEIGHT} />}
    </svg>
  );
}

function topOf(lane: number): number {
  return lane * (LANE_HEIGHT + GAP);
}

function nearest(rows: readonly Row[], lane: Lane, x: number, placeOf: (row: Row) => number): Row | undefined {
  const distance = (row: Row): number => Math.abs(placeOf(row) - x);
  return rows.filter((row) => row.lane === lane).sort((one, other) => distance(one) - distance(other))[0];
}
