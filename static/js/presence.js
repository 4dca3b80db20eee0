// An open form tells once a minute that it is open, and shows who else has it open.
const notice = document.querySelector("[data-presence]");
const form = notice?.closest("form");

async function tell() {
  if (document.hidden) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("model", notice.dataset.model);
  body.set("pk", notice.dataset.pk);
  try {
    const answer = await fetch(notice.dataset.presence, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) return;
    const { sentence } = await answer.json();
    notice.hidden = !sentence;
    if (notice.textContent !== sentence) notice.textContent = sentence;
  } catch {
    // Without a network there is nobody to tell.
  }
}

if (form) {
  tell();
  setInterval(tell, 60_000);
  document.addEventListener("visibilitychange", tell);
}
