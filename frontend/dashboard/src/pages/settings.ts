// What is set, for oneself, a project, an organization, travels as one file: alike as they are, they weigh less together.
export * from "./account/account.ts";
export * from "./organization/organization.ts";
export * from "./project/settings.ts";
