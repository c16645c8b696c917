// The ceremony with an authenticator, for whoever asks for a passkey: plain pages and dashboard.

interface Descriptor {
  readonly id: string;
  readonly type: "public-key";
  readonly transports: readonly string[];
}

/** As the server writes them (WebAuthn level 3, 5.1): bytes are texts in base64url. */
export interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly allowCredentials?: readonly Descriptor[];
  readonly excludeCredentials?: readonly Descriptor[];
}

interface Written {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
}
export interface NewPasskey extends Written {
  readonly response: { readonly clientDataJSON: string; readonly attestationObject: string; readonly transports: readonly string[] };
}
export interface ShownPasskey extends Written {
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle: string | null;
  };
}

/** Why there was no passkey: this device has one already, the person did not, the browser could not. */
export type Failure = "already" | "not_shown" | "not_possible";

export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === "function";
}

/** Throws what `failureOf` explains. */
export async function makePasskey(options: Options): Promise<NewPasskey> {
  const publicKey = read(options) as unknown as PublicKeyCredentialCreationOptions;
  const { written, response } = whole<AuthenticatorAttestationResponse>(await navigator.credentials.create({ publicKey }));
  const attestationObject = text(response.attestationObject);
  return { ...written, response: { clientDataJSON: text(response.clientDataJSON), attestationObject, transports: response.getTransports() } };
}

/** Throws what `failureOf` explains. */
export async function showPasskey(options: Options): Promise<ShownPasskey> {
  const publicKey = read(options) as unknown as PublicKeyCredentialRequestOptions;
  const { written, response } = whole<AuthenticatorAssertionResponse>(await navigator.credentials.get({ publicKey }));
  const signed = { authenticatorData: text(response.authenticatorData), signature: text(response.signature) };
  const userHandle = response.userHandle && text(response.userHandle);
  return { ...written, response: { clientDataJSON: text(response.clientDataJSON), ...signed, userHandle } };
}

/** null: it was no failure of the ceremony. */
export function failureOf(error: unknown): Failure | null {
  if (!(error instanceof DOMException)) return null;
  if (error.name === "InvalidStateError") return "already";
  return error.name === "NotAllowedError" ? "not_shown" : "not_possible";
}

function read(options: Options): object {
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: options.user && { ...options.user, id: bytes(options.user.id) },
    allowCredentials: options.allowCredentials?.map(known),
    excludeCredentials: options.excludeCredentials?.map(known),
  };
}

function known(descriptor: Descriptor): object {
  return { ...descriptor, id: bytes(descriptor.id) };
}

/** What `toJSON()` would say, which not every browser has. */
function whole<Response extends AuthenticatorResponse>(credential: Credential | null): { written: Written; response: Response } {
  if (credential === null) throw new DOMException("", "NotAllowedError");
  const { id, rawId, type, response } = credential as PublicKeyCredential;
  return { written: { id, rawId: text(rawId), type }, response: response as Response };
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
