// A project's settings travel as one file: who opens one part opens the next.
export { Data } from "./data.tsx";
export { General } from "./general.tsx";
export { Install } from "./install.tsx";
export { Keys } from "./keys.tsx";
export { Labels } from "./labels.tsx";
export { ProjectMembers } from "./project_members.tsx";
export { ProjectTokens } from "./project_tokens.tsx";
export { Webhooks } from "./webhooks.tsx";
export { Widget } from "./widget.tsx";
