// What is set, for oneself, a project, an organization, travels as one file: alike as they are, they weigh less together.
// All that the entry has can be reached from here, too: so the two share one file, not one for each set of sharers.
import "../main.tsx";

export * from "./account/account.ts";
export * from "./organization/organization.ts";
export * from "./project/settings.ts";
