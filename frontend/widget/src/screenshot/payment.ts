/** Which form fields hold what nobody else should see, told from what their author wrote on them. */

export interface Field {
  readonly type: string;
  readonly autocomplete: string;
  /** Name, id, label and placeholder in one string. */
  readonly wording: string;
  readonly inputMode: string;
  /** -1: none. */
  readonly maxLength: number;
}

const SECRET_TOKEN = /^(?:cc-.+|(?:current|new)-password|one-time-code)$/;
const CARD = /^\W*card\b|card.?(?:num|no\b)|(?:credit|debit|payment|bank).?card|\bpan\b|kartennummer|num[eé]ro.de.(?:carte|tarjeta)|カード番号|卡號|卡号/i;
const CODE = /\bc(?:vv|vc|sc|id)2?\b|security.?code|card.?(?:code|verif)|pr[uü]f(?:ziffer|nummer)|cryptogramme/i;
const ACCOUNT = /\biban\b|account.?num|routing.?num|sort.?code|kontonummer|\bssn\b|social.?security/i;
const PASSWORD = /passw(?:or)?d|passwort|passphrase|passcode|kennwort|\b(?:pwd|pin|otp)\b|contrase[nñ]a|mot.?de.?passe|パスワード|密碼|密码/i;
/** Nothing can be typed into these. */
const UNTYPED = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);
const CARD_LENGTHS = [16, 19, 23];

export function isSecret(field: Field): boolean {
  if (field.type === "password") return true;
  if (field.autocomplete.split(/\s+/).some((token) => SECRET_TOKEN.test(token.toLowerCase()))) return true;
  if (UNTYPED.has(field.type)) return false;
  return saysSecret(wordsOf(field.wording)) || looksLikeCardNumber(field);
}

function saysSecret(words: string): boolean {
  return [CARD, CODE, ACCOUNT, PASSWORD].some((pattern) => pattern.test(words));
}

/** "cardNumber", "card_number" and "card-number" are the same words. */
function wordsOf(wording: string): string {
  return wording.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_\-.[\]]+/g, " ");
}

function looksLikeCardNumber({ inputMode, maxLength, type }: Field): boolean {
  return (inputMode === "numeric" || type === "tel") && CARD_LENGTHS.includes(maxLength);
}
