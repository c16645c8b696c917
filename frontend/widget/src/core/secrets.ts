/** Takes secrets out of what a page said, before it leaves the page. The server does it again (reports/scan.py). */

/** The server's own mark begins like it, so that it does not count what is gone already. */
export const REMOVED = "[removed]";

const ANYWHERE = "token|secret|passw(?:or)?d|passphrase|api[-_]?key|credentials?|jwt|authorization|csrf|xsrf";
const WHOLE = "key|auth|session(?:[-_]?id)?|sid|bearer|signature|sig|otp|pwd|pin|cvc|cvv|iban|card[-_]?number|cookies?";
const NAME = `(?:[\\w.%\\[\\]-]{0,64}(?:${ANYWHERE})|(?:[\\w.%\\[\\]-]{0,64}[-_.\\[\\]])?(?:${WHOLE}))(?:\\]|%5D|\\d){0,3}`;
const SECRET_NAME = new RegExp(`^${NAME}$`, "i");

/** A page logs objects with the same members again and again. */
const verdicts = new Map<string, boolean>();
const MOST_VERDICTS = 1000;

/** What is kept of a match is its first group; each pattern repeats within bounds, so that none takes long. */
const RULES: readonly RegExp[] = [
  /\b((?:proxy-)?authorization["']?\s{0,9}[:=]\s{0,9}["']?)(?!\[removed)(?:(?:bearer|basic|token|digest|negotiate|apikey)\s{1,9})?[^\s"',;]{1,8192}/gi,
  /\b((?:bearer|basic)\s{1,9})[\w.~+/=-]{12,8192}/gi,
  /\b((?:set-)?cookies?["']?\s{0,9}[:=]\s{0,9}["']?)[^\s=;,:"'[]{1,256}=[^"'\r\n]{0,8192}/gi,
  /()\beyJ[\w-]{8,8192}\.eyJ[\w-]{8,65536}\.[\w-]{0,8192}/g,
  /()\b(?:gh[opusr]_\w{30,255}|github_pat_\w{22,255}|gl[a-z]{2,7}-[\w-]{20,255}|[srp]k_(?:live|test)_\w{16,255}|whsec_[\w+/=-]{20,255})/g,
  /()\b(?:(?:AKIA|ASIA)[A-Z2-7]{16}|xox[abeoprs]-[\w-]{10,255}|AIza[\w-]{35}|(?:bsk_pat_|proj_|pk_)\w{38})/g,
  /()-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8192}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  /(:\/\/[^/?#\s"'@:]{0,256}:)(?!\[removed)[^/?#\s"'@<>]{1,1024}(?=@)/g,
  new RegExp(`((?:^|[?&#;\\s])${NAME}=)(?!\\[removed)[^&#\\s"'<>\\\\]{1,8192}`, "gi"),
  /([?&#]code=)[^&#\s"'<>]{12,8192}/gi,
  /([?&#;][^=&#\s"'<>]{1,64}=)[^&#\s"'<>@%]{1,256}(?:@|%40)[^&#\s"'<>]{1,256}/gi,
  // What was cut off in the middle of it goes too.
  new RegExp(`("${NAME}"\\s{0,9}:\\s{0,9})(?:"(?!\\[removed)(?:[^"\\\\]|\\\\.){0,8192}(?:"|\\\\?$)|\\d{1,64})`, "gi"),
  // JSON in a string, such as a body among what a page logs: {\"password\":\"...\"}
  new RegExp(`(\\\\"${NAME}\\\\"\\s{0,9}:\\s{0,9})(?:\\\\"(?!\\[removed)(?:[^"\\\\]|\\\\\\\\(?:\\\\.)?|\\\\[^"\\\\]){0,8192}(?:\\\\"|\\\\?(?="|$))|\\d{1,64})`, "gi"),
];

/** Whether a member, parameter or header of this name holds what nobody should read. */
export function isSecretName(name: string): boolean {
  const known = verdicts.get(name);
  if (known !== undefined) return known;
  const verdict = name.length <= 80 && SECRET_NAME.test(name.replace(/([a-z])([A-Z])/g, "$1_$2"));
  if (verdicts.size >= MOST_VERDICTS) verdicts.clear();
  verdicts.set(name, verdict);
  return verdict;
}

export function withoutSecrets(text: string): string {
  return RULES.reduce((clean, rule) => clean.replace(rule, (_, kept: string) => kept + removed(kept)), text);
}

/** A JSON member stays JSON. */
function removed(kept: string): string {
  const quote = /^\\?"/.exec(kept)?.[0] ?? "";
  return quote + REMOVED + quote;
}
