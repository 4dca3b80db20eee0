// Fingerprint, face or screen lock as the second step. A form with data-passkey stays hidden where
// the browser cannot do it; the code of the app always can.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const listed = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

function optionsOf(form, given) {
  const options = { ...given, challenge: bytes(given.challenge) };
  if (form.dataset.passkey === "get") return { ...options, allowCredentials: listed(given.allowCredentials) };
  const chosen = { ...given.authenticatorSelection };
  if (form.elements.passwordless?.checked) {
    Object.assign(chosen, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
  }
  return {
    ...options,
    authenticatorSelection: chosen,
    user: { ...given.user, id: bytes(given.user.id) },
    excludeCredentials: listed(given.excludeCredentials),
  };
}

function sent(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function given(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}

async function show(form) {
  const data = await given(form);
  const publicKey = optionsOf(form, (data.request_options ?? data.creation_options).publicKey);
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
  form.elements.credential.value = JSON.stringify(sent(credential));
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const trouble = form.querySelector("[data-trouble]");
    trouble.hidden = true;
    show(form).catch(() => (trouble.hidden = false));
  });
}
