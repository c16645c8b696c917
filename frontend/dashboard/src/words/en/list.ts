export const list = {
  "list.count": { one: "{count} bug", other: "{count} bugs" },
} as const;
