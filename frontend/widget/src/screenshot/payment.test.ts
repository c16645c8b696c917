import assert from "node:assert/strict";
import { test } from "node:test";
import { isSecret, type Field } from "./payment.ts";

const PLAIN: Field = { type: "text", autocomplete: "", wording: "", inputMode: "", maxLength: -1 };

const SECRET: readonly Partial<Field>[] = [
  { type: "password" },
  { autocomplete: "section-pay billing cc-number" },
  { autocomplete: "CC-CSC" },
  { autocomplete: "current-password" },
  { autocomplete: "one-time-code" },
  { wording: "  card  Card" },
  { wording: "cardNumber" },
  { wording: "card_number" },
  { wording: "payment[card-no]" },
  { wording: "Credit card" },
  { wording: "CVC" },
  { wording: "Security code" },
  { wording: "checkout_iban" },
  { wording: "Passwort wiederholen" },
  { wording: "user_pwd" },
  { wording: "Kennwort" },
  { wording: "otp" },
  { inputMode: "numeric", maxLength: 19 },
  { type: "tel", maxLength: 16 },
];

const OPEN: readonly Partial<Field>[] = [
  {},
  { wording: "Title of the card" },
  { wording: "postcard" },
  { wording: "discard_note" },
  { wording: "company" },
  { wording: "japan span" },
  { wording: "device id" },
  { autocomplete: "email", type: "email" },
  { inputMode: "numeric", maxLength: 6 },
  { type: "checkbox", wording: "Remember my card number" },
  { type: "submit", wording: "pay by credit card" },
];

test("fields for passwords and payment are secret, however that is written on them", () => {
  for (const field of SECRET) assert.ok(isSecret({ ...PLAIN, ...field }), JSON.stringify(field));
});

test("other fields are not", () => {
  for (const field of OPEN) assert.ok(!isSecret({ ...PLAIN, ...field }), JSON.stringify(field));
});
