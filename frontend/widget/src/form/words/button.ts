/** What the button says before the form's words are there. */
export const buttonWords = {
  report: "Report a bug",
  moves: "Arrow keys move it",
  unloaded: "The form could not be loaded. Try again",
};
