// Adds a "show" box under each password field. Its words come from the page's language.

const words = { id: "Tampilkan kata sandi", en: "Show the password" };
const label = words[document.documentElement.lang] ?? words.en;

for (const field of document.querySelectorAll("input[type=password]")) {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.className = "form-check-input";
  box.addEventListener("change", () => {
    field.type = box.checked ? "text" : "password";
  });
  const line = document.createElement("label");
  line.className = "form-check";
  line.append(box, " ", label);
  field.after(line);
  field.form?.addEventListener("submit", () => {
    field.type = "password";
  });
}
