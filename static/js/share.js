// Two more ways to hand a page on, where the browser has them; the links beside work without.
const other = document.querySelector("[data-share-url]");
if (other && navigator.share) {
  other.hidden = false;
  other.addEventListener("click", () => {
    navigator.share({ title: other.dataset.shareTitle, url: other.dataset.shareUrl }).catch(() => {});
  });
}

const copy = document.querySelector("[data-copy-url]");
if (copy && navigator.clipboard) {
  const said = document.querySelector("[data-copied]");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(copy.dataset.copyUrl);
      said.textContent = "Đã chép.";
    } catch {
      said.textContent = "Máy chưa cho chép. Hãy bấm giữ địa chỉ ở dưới rồi chọn Sao chép.";
    }
  });
}
