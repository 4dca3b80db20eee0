// "Chép": the text of a box that is no field. Without JavaScript the person selects it.
for (const button of document.querySelectorAll("[data-copy-text]")) {
  const box = document.getElementById(button.dataset.copyText);
  const said = document.querySelector("[data-copy-told]");
  if (!box || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(box.innerText);
      said.textContent = "Đã chép. Mở nhóm Zalo rồi dán.";
    } catch {
      said.textContent = "Máy chưa cho chép tự động. Đồng chí bôi đen lời nhắn rồi chọn Sao chép.";
    }
  });
}
