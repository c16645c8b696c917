// What the server refuses with, in German, by its code: the plain pages say the same. `{n}` is the number in
// its own sentence, `{last}` its last one. English is the server's.
import words from "../../../../src/lacewing/http/dashboard/words/german_refusals.json";

export const refusals: Readonly<Record<string, string>> = words;
