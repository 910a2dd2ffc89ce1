// Sealing: AES-GCM with a key that the browser keeps and no script can read out. What is sealed is bound to a name
// (the member and the page), so that a record put in another's place does not open.

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

const bound = (iv, name) => ({ name: "AES-GCM", iv, additionalData: ENCODER.encode(name) });

/** A new key; it can be used here and stored by the browser, but not be exported. */
export const newKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

/** Any plain value as `{iv, sealed}`, bound to `name`. */
export const seal = async (key, name, value) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(bound(iv, name), key, ENCODER.encode(JSON.stringify(value)));
  return { iv, sealed };
};

/** What was sealed; rejects where key or name is another. */
export const open = async (key, name, { iv, sealed }) =>
  JSON.parse(DECODER.decode(await crypto.subtle.decrypt(bound(iv, name), key, sealed)));
