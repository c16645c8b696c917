// Passkeys on the plain pages: a form that only this script can fill in is shown, and posted like any other.

interface Descriptor {
  readonly id: string;
  readonly type: PublicKeyCredentialType;
  readonly transports: AuthenticatorTransport[];
}

/** As the server writes them (WebAuthn level 3, 5.1): bytes are texts in base64url. */
interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly allowCredentials?: readonly Descriptor[];
  readonly excludeCredentials?: readonly Descriptor[];
}

if (typeof PublicKeyCredential === "function") {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ceremony]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void attempt(form);
    });
  }
}

async function attempt(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button");
  if (button === null || button.disabled) return;
  button.disabled = true;
  tell(form, "Waiting for your device…");
  try {
    await perform(form);
  } catch (error) {
    tell(form, error instanceof DOMException ? reasonOf(error) : "That did not work. Load the page again.");
    button.disabled = false;
  }
}

async function perform(form: HTMLFormElement): Promise<void> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) fields.set(name, String(value));
  const answer = await fetch(form.dataset["options"] ?? "", { method: "POST", body: fields });
  if (answer.redirected) {
    location.assign(answer.url); // to prove again who one is, or to log in
    return;
  }
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  const credential = await ceremony(form.dataset["ceremony"] === "create", (await answer.json()) as Options);
  const field = form.querySelector<HTMLInputElement>("[data-answer]");
  if (credential === null || field === null) throw new Error("no credential");
  field.value = JSON.stringify(written(credential));
  form.submit();
}

function ceremony(isNew: boolean, options: Options): Promise<Credential | null> {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: options.user && { ...options.user, id: bytes(options.user.id) },
    allowCredentials: options.allowCredentials?.map(known),
    excludeCredentials: options.excludeCredentials?.map(known),
  };
  return isNew
    ? navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions })
    : navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions });
}

function known(descriptor: Descriptor): PublicKeyCredentialDescriptor {
  return { ...descriptor, id: bytes(descriptor.id) };
}

/** What `toJSON()` would say, which not every browser has. */
function written(credential: Credential): object {
  const { rawId, response } = credential as PublicKeyCredential;
  const common = { id: credential.id, rawId: text(rawId), type: credential.type };
  const clientDataJSON = text(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse) {
    const attestationObject = text(response.attestationObject);
    return { ...common, response: { clientDataJSON, attestationObject, transports: response.getTransports() } };
  }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  const signed = { authenticatorData: text(authenticatorData), signature: text(signature) };
  return { ...common, response: { clientDataJSON, ...signed, userHandle: userHandle && text(userHandle) } };
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function reasonOf(error: DOMException): string {
  if (error.name === "InvalidStateError") return "This device has a passkey for your account already.";
  if (error.name === "NotAllowedError") return "Nothing was shown, or the time ran out. Try again.";
  return "Your browser could not do that.";
}

function tell(form: HTMLFormElement, sentence: string): void {
  const line = form.querySelector("[role=status]");
  if (line !== null) line.textContent = sentence;
}
