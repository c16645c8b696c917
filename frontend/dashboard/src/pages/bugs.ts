// The pages between which somebody goes all day: part of the entry.
export { default as Bug } from "./bug/bug.tsx";
export { default as Home } from "./home/home.tsx";
export { default as List } from "./list/list.tsx";
export { default as NewProject } from "./project/new_project.tsx";
export { default as Triage } from "./triage/triage.tsx";
export { default as Projects } from "./project/projects.tsx";
export { default as Inbox } from "./inbox/inbox.tsx";
