// The button that copies a text. Without it the person selects the text as the page says.
for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  const told = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.focus();
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      // Zalo's own browser and pages without https have only this.
      if (!document.execCommand("copy")) return (told.textContent = "Máy không cho chép. Đồng chí bấm giữ trong ô để chép.");
    }
    told.textContent = button.dataset.done;
  });
}
