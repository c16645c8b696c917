// The account's pages travel as one file: who opens one opens the next.
export { Events } from "./events.tsx";
export { NewToken } from "./new_token.tsx";
export { Notifications } from "./notifications.tsx";
export { Profile } from "./profile.tsx";
export { Security } from "./security.tsx";
export { Sessions } from "./sessions.tsx";
export { Tokens } from "./tokens.tsx";
