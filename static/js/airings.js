// Drag an airing to another slot: sends what the form sends. Without it the form does the same.
const month = document.querySelector("[data-airings]");
const told = document.querySelector("[data-airings-told]");
let dragged = null;

month?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-airing]");
  if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.airing);
});

const slotOf = (event) => event.target.closest?.("[data-slot]:not([data-past])");

month?.addEventListener("dragover", (event) => {
  const slot = dragged && slotOf(event);
  if (!slot) return;
  event.preventDefault();
  slot.classList.add("is-over");
});

month?.addEventListener("dragleave", (event) => slotOf(event)?.classList.remove("is-over"));

month?.addEventListener("drop", async (event) => {
  const slot = slotOf(event);
  if (!dragged || !slot) return;
  event.preventDefault();
  slot.classList.remove("is-over");
  const [year, number, day] = slot.dataset.day.split("-");
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("airing", dragged.dataset.airing);
  body.set("seen_version", dragged.dataset.version);
  body.set("slot", slot.dataset.slot);
  body.set("day", `${Number(day)}/${Number(number)}/${year}`);
  try {
    const answer = await fetch(month.dataset.airings, {
      method: "POST", body, headers: { Accept: "application/json" },
    });
    if (answer.ok) {
      location.reload();
      return;
    }
    const { errors } = await answer.json();
    say(errors.join(" "));
  } catch {
    say("Chưa dời được: mất mạng. Đồng chí thử lại khi có mạng.");
  }
});

function say(words) {
  told.textContent = words;
  told.hidden = false;
  told.scrollIntoView({ block: "nearest" });
}
