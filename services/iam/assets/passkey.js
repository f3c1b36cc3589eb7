// Forms with data-passkey ask the browser for a passkey, put its answer into the field `credential`, and are sent then.
'use strict';

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const toDescriptors = (list) => list?.map((descriptor) => ({ ...descriptor, id: toBytes(descriptor.id) }));

const ask = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: toDescriptors(options.excludeCredentials),
      },
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: toDescriptors(options.allowCredentials),
      },
    }),
};

const toJson = ({ id, rawId, type, response, authenticatorAttachment, getClientExtensionResults }, credential) => ({
  id,
  rawId: toText(rawId),
  type,
  ...(authenticatorAttachment ? { authenticatorAttachment } : {}),
  clientExtensionResults: getClientExtensionResults.call(credential),
  response: {
    clientDataJSON: toText(response.clientDataJSON),
    ...(response.attestationObject
      ? { attestationObject: toText(response.attestationObject), transports: response.getTransports?.() ?? [] }
      : {
          authenticatorData: toText(response.authenticatorData),
          signature: toText(response.signature),
          ...(response.userHandle ? { userHandle: toText(response.userHandle) } : {}),
        }),
  },
});

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const say = (text) => {
    form.querySelector('[role="status"]').textContent = text;
  };
  form.addEventListener('submit', async (event) => {
    if (form.elements.credential.value !== '') return;
    event.preventDefault();
    if (!window.PublicKeyCredential) return say(form.dataset.unsupported);
    say('');
    try {
      const credential = await ask[form.dataset.passkey](JSON.parse(form.dataset.options));
      form.elements.credential.value = JSON.stringify(toJson(credential, credential));
      form.submit();
    } catch {
      say(form.dataset.failed);
    }
  });
}
