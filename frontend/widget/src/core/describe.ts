/** Says in one line what a page logged: as short as told, without calling the page's own code, secrets by name left out. */
import { isSecretName, REMOVED } from "./secrets.ts";

const DEEPEST = 3;
const MOST_MEMBERS = 30;
const LONGEST = 1000;

/** As the console does with `%s` and its like; a style (`%c`) says nothing. */
export function describeAll(args: readonly unknown[]): string {
  const first = args[0];
  if (typeof first !== "string" || !first.includes("%")) return joined(args);
  const rest = args.slice(1);
  const told = first.slice(0, 2 * LONGEST).replace(/%[sdifoOc%]/g, (mark) => {
    if (mark === "%%" || rest.length === 0) return mark === "%%" ? "%" : mark;
    const value = rest.shift();
    return mark === "%c" ? "" : describe(value);
  });
  return joined([told, ...rest]);
}

export function describe(value: unknown): string {
  return typeof value === "string" ? value : inner(value, { left: LONGEST }, 0);
}

/** A string of its own: a slice keeps the whole text alive that it was taken from. */
export function flat(text: string, most = LONGEST): string {
  return ["", text.slice(0, most)].join(" ").slice(1);
}

/** A loop and no list: this is done on every line that a page logs. */
function joined(values: readonly unknown[]): string {
  let told = "";
  for (let at = 0; at < values.length && at < MOST_MEMBERS; at++) {
    told += (at > 0 ? " " : "") + describe(values[at]).slice(0, LONGEST);
  }
  return flat(told, 2 * LONGEST);
}

interface Room {
  left: number;
}

function inner(value: unknown, room: Room, depth: number): string {
  const told = room.left <= 0 ? "…" : simple(value) ?? compound(value as object, room, depth);
  room.left -= told.length;
  return told;
}

function simple(value: unknown): string | null {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}…` : value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "ƒ";
    case "object":
      return value === null ? "null" : null;
    default:
      return String(value);
  }
}

function compound(value: object, room: Room, depth: number): string {
  try {
    return special(value) ?? (depth >= DEEPEST ? (Array.isArray(value) ? "[…]" : "{…}") : members(value, room, depth));
  } catch {
    return "{?}";
  }
}

function special(value: object): string | null {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
  if (value instanceof Map || value instanceof Set) return `${value instanceof Map ? "Map" : "Set"}(${value.size})`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${value.byteLength} bytes)`;
  if (typeof Element !== "undefined" && value instanceof Element) return `<${value.localName}${value.id ? `#${value.id}` : ""}>`;
  return typeof Node !== "undefined" && value instanceof Node ? value.nodeName : null;
}

function members(value: object, room: Room, depth: number): string {
  if (Array.isArray(value)) {
    const shown = value.slice(0, MOST_MEMBERS).map((each: unknown) => inner(each, room, depth + 1));
    return `[${shown.join(",")}${value.length > MOST_MEMBERS ? ",…" : ""}]`;
  }
  const shown: string[] = [];
  for (const name in value) {
    if (shown.length >= MOST_MEMBERS || room.left <= 0) {
      shown.push("…");
      break;
    }
    const member = Object.getOwnPropertyDescriptor(value, name);
    if (member) shown.push(`${JSON.stringify(name)}:${memberText(name, member, room, depth)}`);
  }
  return `{${shown.join(",")}}`;
}

/** A getter is the page's code: it is not called. */
function memberText(name: string, member: PropertyDescriptor, room: Room, depth: number): string {
  if (isSecretName(name)) return `"${REMOVED}"`;
  return "value" in member ? inner(member.value, room, depth + 1) : "(…)";
}
