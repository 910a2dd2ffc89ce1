// Signs portion after portion: sends the form anew until nothing of what was chosen is left. The passphrase stays in its
// field meanwhile and is emptied at the end. Without this module each portion is sent by hand.

const form = document.querySelector("[data-sign]");

const failed = form?.querySelector("[data-sign-failed]");
const progress = form?.querySelector("[data-sign-progress]");
const away = form?.querySelector("[data-sign-away]");

let stopped = false;
let total = 0;
let done = 0;

const portion = async () => {
  const answer = await fetch(form.action || window.location.href, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    redirect: "error",
  });
  return answer.json();
};

const tell = (text) => {
  const line = document.createElement("li");
  line.textContent = text;
  failed.append(line);
};

const leaveOut = (id) => {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "gagal";
  field.value = id;
  form.append(field);
};

const show = (left) => {
  progress.hidden = false;
  progress.querySelector("progress").max = Math.max(total, 1);
  progress.querySelector("progress").value = total - left;
  progress.querySelector("[data-sign-count]").textContent = `${total - left} / ${total}`;
};

const take = ({ signed, left, failed: refused, problem }) => {
  if (problem) tell(problem);
  for (const { id, text } of refused) {
    tell(text);
    leaveOut(id);
  }
  done += signed;
  total = Math.max(total, done + refused.length + left);
  if (total) show(left);
  return problem ? 0 : left;
};

const run = async () => {
  let left = 1;
  while (left && !stopped) left = take(await portion());
};

const end = () => {
  form.elements.sandi.value = "";
  for (const button of form.querySelectorAll("button")) button.disabled = false;
};

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  stopped = false;
  total = 0;
  done = 0;
  away.hidden = true;
  progress.hidden = true; // what it tells is of the time before
  failed.replaceChildren();
  form.querySelector("[type=submit]").disabled = true;
  try {
    await run();
    if (done && !failed.children.length) window.location.assign(window.location.pathname);
  } catch {
    away.hidden = false;
  } finally {
    end();
  }
});

form?.querySelector("[data-sign-stop]").addEventListener("click", (event) => {
  stopped = true;
  event.target.disabled = true;
});
