// "Chép": puts the text of a box on the clipboard, then tells the portal so that the log knows.
// Without JavaScript the person selects the text, copies it, and presses the button for the log.
for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  const form = button.closest("form");
  if (!box || !form) continue;
  const said = form.querySelector("[data-copy-said]");
  button.textContent = button.dataset.copyWords ?? button.textContent;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await copy(box);
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      });
      said.textContent = await outcome(answer, box);
    } catch {
      box.focus();
      box.select();
      said.textContent = "Máy chưa cho chép tự động. Lời nhắc đã được bôi đen, đồng chí bấm giữ rồi chọn Sao chép.";
    }
    button.disabled = false;
  });
}

async function copy(box) {
  if (navigator.clipboard?.writeText) return navigator.clipboard.writeText(box.value);
  box.select();
  if (!document.execCommand("copy")) throw new Error("no clipboard");
}

// Somebody may have reported since the page was drawn: then the newer text is copied.
async function outcome(answer, box) {
  if (!answer.ok) return "Đã chép. Chưa ghi được vào sổ nhắc, đồng chí tải lại trang rồi bấm lần nữa.";
  const { text } = await answer.json();
  if (text === box.value) return "Đã chép và ghi vào sổ nhắc. Mở nhóm Zalo rồi dán.";
  box.value = text;
  await copy(box);
  return "Vừa có đơn vị nộp thêm: đã chép lời nhắc mới, bỏ các đơn vị đó.";
}
