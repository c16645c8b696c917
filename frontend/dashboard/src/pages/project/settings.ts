// A project's settings travel as one file: who opens one part opens the next.
export { General } from "./general.tsx";
export { Install } from "./install.tsx";
export { Keys } from "./keys.tsx";
