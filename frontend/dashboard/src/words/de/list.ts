export const list = {
  "list.count": { one: "{count} Bug", other: "{count} Bugs" },
} as const;
