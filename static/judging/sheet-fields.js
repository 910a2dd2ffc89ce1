// The sheet's form as text and back: what a save posts, and what a person reads.

export const form = document.querySelector("form.app-sheet");

const NOT_MARKS = ["csrfmiddlewaretoken", "revision", "request_key"];

/** The marks as they would be posted. */
export const marks = () => {
  const data = new FormData(form);
  for (const name of NOT_MARKS) data.delete(name);
  return new URLSearchParams(data).toString();
};

/** `wanted` marks, but what differs between `before` and `now` (typed meanwhile) stays as it is now. */
export const merged = (wanted, before, now) => {
  const [result, old, typed] = [wanted, before, now].map((text) => new URLSearchParams(text));
  for (const name of new Set([...old.keys(), ...typed.keys()])) {
    if (old.get(name) === typed.get(name)) continue;
    if (typed.has(name)) result.set(name, typed.get(name));
    else result.delete(name);
  }
  return result.toString();
};

/** Puts `text` (marks) into the form; slider and total follow. */
export const show = (text) => {
  const wanted = new URLSearchParams(text);
  for (const field of form.elements) {
    if (!field.name || NOT_MARKS.includes(field.name) || field.type === "submit") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = wanted.get(field.name) === field.value;
    else field.value = wanted.get(field.name) ?? "";
  }
  for (const criterion of form.querySelectorAll("[data-criterion]")) {
    const area = criterion.querySelector("[data-mark]");
    area.hidden = criterion.querySelector("input[name^='keadaan-']")?.checked ?? false;
    const note = criterion.querySelector("details textarea");
    if (note?.value) note.closest("details").open = true;
    criterion.querySelector("input.app-mark")?.dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.dispatchEvent(new Event("input"));
};

/** Shows `faults` (sentences by criterion) at the criteria, and only those. */
export const fault = (faults) => {
  for (const criterion of form.querySelectorAll("[data-criterion]")) {
    const found = faults[criterion.dataset.criterion] ?? [];
    const lines = found.map((text) => Object.assign(document.createElement("p"), { className: "invalid-feedback d-block", textContent: text }));
    criterion.querySelector("[data-faults]").replaceChildren(...lines);
    criterion.classList.toggle("has-errors", found.length > 0);
    const box = criterion.querySelector("input.app-mark");
    box?.classList.toggle("is-invalid", found.length > 0);
    if (found.length) box?.setAttribute("aria-invalid", "true");
    else box?.removeAttribute("aria-invalid");
  }
};

/** Each criterion as a person reads it: `{id, title, mark, note, isAnswered, soft}`; an empty mark is "". */
export const criteria = () =>
  [...form.querySelectorAll("[data-criterion]")].map((criterion) => {
    const tick = criterion.querySelector("input[name^='keadaan-']");
    const reason = criterion.querySelector("input[name^='alasan-']")?.value.trim() ?? "";
    const field = criterion.querySelector("input[name^='nilai-'][type=radio]:checked, input[name^='nilai-'][type=text]");
    const value = field?.value.trim() ?? "";
    const { softMin, softMax } = criterion.dataset;
    return {
      id: criterion.id,
      title: criterion.querySelector("legend").firstChild.textContent.trim(),
      mark: tick?.checked ? `${tick.labels[0].textContent.trim()} (${reason})` : value,
      note: criterion.querySelector("textarea")?.value.trim() ?? "",
      isAnswered: tick?.checked || value !== "",
      soft: softMin && !tick?.checked ? [softMin, softMax] : null,
    };
  });

/** The sheet as lines of text, to be copied or kept as a file. */
export const inWords = () =>
  criteria()
    .map(({ title, mark, note }) => `${title}: ${mark || form.dataset.empty}${note && ` (${note})`}`)
    .join("\n");

export const heading = document.title.split(" · ")[0];
