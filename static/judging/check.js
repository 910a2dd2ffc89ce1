// Works out the checksum of a chosen file on the device and compares it: with those on the page, or through the form that
// takes a checksum. The file is never sent. Where the browser cannot (no secure connection), the field stays hidden.

const LARGEST = 100 * 1024 * 1024; // more than any document; a film would fill the memory

const part = document.querySelector("[data-check-file]");

const checksum = async (file) => {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const told = ({ issued, signed }, sum) => {
  if (sum === issued) return "issued";
  return sum && sum === signed ? "signed" : "other";
};

const answer = (sum) => {
  const is = told(part.dataset, sum);
  for (const line of part.querySelectorAll("[data-check-is]")) line.hidden = line.dataset.checkIs !== is;
};

const send = (sum) => {
  const form = document.querySelector("[data-check-by-hand] form");
  form.elements.sha256.value = sum;
  form.requestSubmit();
};

if (part && globalThis.crypto?.subtle) {
  part.hidden = false;
  part.querySelector("input").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    const sum = file.size > LARGEST ? "" : await checksum(file);
    if (part.dataset.issued) answer(sum);
    else if (sum) send(sum);
  });
}
