// What proves who one is: password, authenticator app, passkeys, recovery codes, logins elsewhere.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import { useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { AuthenticatorApp } from "./authenticator.tsx";
import { AccountPage } from "./frame.tsx";
import { Identities } from "./identities.tsx";
import { Passkeys } from "./passkeys.tsx";
import { Password } from "./password.tsx";
import { CodesSection, NewCodes } from "./recovery_codes.tsx";

export function Security(): JSX.Element {
  const state = useFollowed(useLoaded(() => call("GET /auth/mfa")), "account.mfa.", "account.passkey.");
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const changed = (made: readonly string[] | null): void => {
    setCodes(made);
    state.reload();
  };
  return (
    <AccountPage part="security">
      {codes !== null && <NewCodes codes={codes} onDone={() => setCodes(null)} />}
      <Password />
      <WhenLoaded of={state}>
        {(factors) => (
          <>
            <AuthenticatorApp isOn={factors.totp} onChange={changed} />
            <Passkeys onChange={changed} />
            {(factors.totp || factors.passkeys > 0) && <CodesSection left={factors.recoveryCodesLeft} onMade={changed} />}
          </>
        )}
      </WhenLoaded>
      <Identities />
    </AccountPage>
  );
}
